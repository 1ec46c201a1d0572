import { attributes } from '../../lesson/markdown/html.ts';

/** Attributes of an element of a picture; those that are undefined are left out, and numbers have one decimal. */
export type SvgAttributes = Readonly<Record<string, string | number | undefined>>;

const tenths = (value: string | number | undefined) =>
  typeof value === 'number' ? Math.round(value * 10) / 10 : value;

/** An SVG element as text; the content is markup. */
export const element = (name: string, values: SvgAttributes, ...content: readonly string[]): string =>
  `<${name}${attributes(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, tenths(value)])))}>${content.join('')}</${name}>`;

/** A picture of the given size that says nothing which does not stand in words beside it. */
export const picture = (width: number, height: number, ...content: readonly string[]): string =>
  element(
    'svg',
    { class: 'picture', viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, 'aria-hidden': 'true' },
    ...content,
  );
