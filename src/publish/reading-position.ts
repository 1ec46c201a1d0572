const headings = [...document.querySelectorAll<HTMLElement>('main :is(h2, h3)[id]')];
const links = document.querySelectorAll<HTMLAnchorElement>('.rail a, .contents a');
let observer: IntersectionObserver | undefined;

/** Begins to mark, in the table of contents, the section that is being read, and folds that away once it has been used. */
export function followReading(): void {
  if (links.length === 0) return;
  observe();
  addEventListener('resize', observe);
  const fold = document.querySelector<HTMLDetailsElement>('.contents');
  // Open, it lies over what a link in it leads to.
  fold?.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a') !== null) fold.open = false;
  });
  fold?.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    fold.open = false;
    fold.querySelector('summary')?.focus();
  });
}

/** The section that is being read is the last whose heading is above this, in px from the window's top: links lead a little higher. */
const line = (): number =>
  (Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0) + 96;

function mark(): void {
  const read = headings.filter((heading) => heading.getBoundingClientRect().top < line()).at(-1);
  for (const link of links) {
    if (read && decodeURIComponent(link.hash) === `#${read.id}`)
      link.setAttribute('aria-current', 'location');
    else link.removeAttribute('aria-current');
  }
}

/** Only a heading that crosses the line changes anything: so nothing has to be done while the page scrolls. */
function observe(): void {
  observer?.disconnect();
  observer = new IntersectionObserver(mark, { rootMargin: `9999px 0px ${line() - innerHeight}px` });
  for (const heading of headings) observer.observe(heading);
}
