import { css } from 'lit';
import { palette } from '../theme/palette.ts';

/** The palette of a light page, whatever the page's colours are: for paper and files. */
export const lightPalette = css`
  color-scheme: light;
  --paper: initial;
  --sheet: initial;
  --ink: initial;
  --quiet: initial;
  --rule: initial;
  --forward: initial;
  --backward: initial;
  --update: initial;
  --wrong: initial;
  ${palette}
`;
