/**
 * The Content-Security-Policy of our pages: nothing inline, nothing from other origins. Our own server sends it as a header, and
 * every built page contains it, since most static hosts send none.
 */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
