"use strict";

const previews = document.querySelectorAll("img[data-original]");

function reveal(image) {
  image.src = image.dataset.original;
}

if ("IntersectionObserver" in window) {
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      watcher.unobserve(entry.target);
      reveal(entry.target);
    }
  }, { rootMargin: "600px" });
  previews.forEach((image) => watcher.observe(image));
} else {
  previews.forEach(reveal);
}
