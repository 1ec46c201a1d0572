import { svg, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

/** Icons of parts that are loaded on demand: see `icons`. */
export const toolIcons: Readonly<
  Record<'skip' | 'link' | 'agrees' | 'differs' | 'kink' | 'fold' | 'unfold' | 'close', TemplateResult>
> = {
  skip: icon(
    svg`<path d="M3 13c2-6 6-6 8 0M17 13l-3 3-3-3M14 16V9"/><circle cx="7" cy="14" r="1.300" class="solid"/>`,
  ),
  link: icon(
    svg`<path d="M8.5 11.500a3 3 0 0 0 4.300 0l2.700-2.700a3 3 0 0 0-4.300-4.300l-1 1M11.5 8.500a3 3 0 0 0-4.300 0l-2.700 2.700a3 3 0 0 0 4.300 4.300l1-1"/>`,
  ),
  agrees: icon(svg`<path d="M4 10.500l4 4L16 5.500"/>`),
  differs: icon(svg`<path d="M4 7.500h12M4 12.500h12M13 4L7 16"/>`),
  kink: icon(svg`<path d="M4 15.500L10 5l6 10.500"/>`),
  unfold: icon(svg`<path d="M7.5 5.500l5 4.500-5 4.500"/>`),
  fold: icon(svg`<path d="M5.500 7.500l4.500 5 4.500-5"/>`),
  close: icon(svg`<path d="M5 5l10 10M15 5L5 15"/>`),
};
