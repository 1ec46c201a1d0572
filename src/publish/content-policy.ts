/**
 * What a page of ours may do: nothing inline, nothing from elsewhere. It is sent as a header where pages are served by us, and
 * stands in every built page, since most static hosts send none.
 */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
