// Looks again while a page is being read.
setTimeout(() => location.reload(), 2000);
