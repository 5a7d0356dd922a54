"""Finds pictures in data of any shape: JSON, scripts, XML; nothing is executed."""
