// What the loader adds to the site's window.
interface Window {
  Parlour?: { consent(): void };
}
