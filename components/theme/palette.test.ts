import { describe, expect, it } from 'vitest';
import { palette } from './palette.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** The palette's colours by name, in the light (0) or the dark (1) scheme. */
function coloursIn(scheme: 0 | 1): ReadonlyMap<string, Colour> {
  const found = palette.cssText.matchAll(
    /--([\w-]+):[^;]*light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)/gi,
  );
  return new Map(
    [...found].map(([, name, ...both]) => {
      const text = both[scheme] ?? '';
      return [name ?? '', [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) as never];
    }),
  );
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** A colour with an opacity from 0 to 1 over a ground. */
const over = (colour: Colour, share: number, ground: Colour): Colour =>
  colour.map((part, at) => share * part + (1 - share) * (ground[at] ?? 0)) as never;

const grounds = ['c-paper', 'c-sheet'];
const phases = ['c-forward', 'c-backward', 'c-update'];
const texts = ['c-ink', 'c-quiet', 'c-wrong', 'pointed-ink', ...phases];
/** Borders of fields and buttons, edges of the drawing, marks and badges, the ring of the focus. */
const graphics = ['c-edge', 'c-negative', 'c-ink', 'c-quiet', 'c-wrong', 'pointed-ink', ...phases];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('the %s palette', (_, scheme) => {
  const colours = coloursIn(scheme);
  const of = (name: string): Colour => {
    const colour = colours.get(name);
    if (colour === undefined) throw new Error(`no colour ${name}`);
    return colour;
  };
  const pairs = (names: readonly string[], least: number) =>
    names.flatMap((name) =>
      grounds.flatMap((ground) => {
        const ratio = contrast(of(name), of(ground));
        return ratio < least ? [`${name} on ${ground}: ${ratio.toFixed(2)}`] : [];
      }),
    );

  it('has text of 4.5 : 1', () => expect(pairs(texts, 4.5)).toEqual([]));

  it('has graphics of 3 : 1', () => expect(pairs(graphics, 3)).toEqual([]));

  it('can be read where a number is at work or pointed at', () => {
    const low = grounds.flatMap((ground) =>
      [
        ...phases.flatMap((phase) =>
          ['c-ink', 'c-quiet', phase].map(
            (text) => [text, `13 % ${phase}`, over(of(phase), 0.13, of(ground))] as const,
          ),
        ),
        ['c-ink', 'pointed', of('pointed')] as const,
        ['pointed-ink', 'pointed', of('pointed')] as const,
      ].flatMap(([text, name, behind]) => {
        const ratio = contrast(of(text), behind);
        return ratio < 4.5 ? [`${text} on ${name} over ${ground}: ${ratio.toFixed(2)}`] : [];
      }),
    );
    expect(low).toEqual([]);
  });
});
