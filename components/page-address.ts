/** What reads and makes links that carry more than a place; few pages need it, so it is loaded when one does. */
export const sealedLinks = () => import('../src/session/sealed-link.ts');

/** Puts a hash in the page's address, in the present entry of the history. A page in a sandbox may not do so; then nothing happens. */
export function putInAddress(hash: string): void {
  if (location.hash === hash) return;
  try {
    history.replaceState(history.state, '', addressWith(hash));
  } catch {
    // The link is good all the same.
  }
}

/** The page's own address with another hash. A page that was written into a frame has none, and goes by that of its frame's page. */
export function addressWith(hash: string): string {
  const { protocol, href } = location;
  return /^(about|blob|data):$/.test(protocol)
    ? new URL(hash, document.baseURI).href
    : `${href.split('#', 1)[0]}${hash}`;
}
