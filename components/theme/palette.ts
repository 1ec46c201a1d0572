import { css } from 'lit';

/**
 * The debugger's colours and fonts as custom properties, for the rule that this is put into. A page overrides them by setting
 * `--paper`, `--ink`, `--forward` ….
 */
export const palette = css`
  --c-paper: var(--paper, light-dark(#fbf9f4, #16181b));
  --c-sheet: var(--sheet, light-dark(#fffdf9, #1d2024));
  --c-ink: var(--ink, light-dark(#23201b, #e7e3da));
  --c-quiet: var(--quiet, light-dark(#645d52, #a8a297));
  --c-rule: var(--rule, light-dark(#ddd5c5, #3a3d42));
  --c-edge: light-dark(#8d8473, #777b82);
  --c-negative: light-dark(#a8467f, #cf7fb0);
  --c-forward: var(--forward, light-dark(#1a5a8a, #84bdec));
  --c-backward: var(--backward, light-dark(#9c3d0c, #f2a476));
  --c-update: var(--update, light-dark(#3a6620, #a6cf7e));
  --c-wrong: var(--wrong, light-dark(#a1121f, #ff9a94));
  --pointed: light-dark(#fbe7a1, #55491a);
  --pointed-ink: light-dark(#855d00, #f0cf62);
  --f-serif: var(--serif, 'Iowan Old Style', Palatino, 'Palatino Linotype', Georgia, serif);
  --f-sans: var(--sans, system-ui, sans-serif);
  --f-mono: var(--mono, ui-monospace, Menlo, Consolas, monospace);
`;

/** The palette as a sheet for the debugger itself. */
export const paletteStyles = css`:host { ${palette} }`;
