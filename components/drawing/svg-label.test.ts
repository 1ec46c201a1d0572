import { describe, expect, it } from 'vitest';
import { symbol, symbolWidth, textRuns } from './svg-label.ts';

const words = (tex: string): string | undefined =>
  textRuns(tex)
    ?.map(
      ({ text, style, level }) =>
        `${{ base: '', sup: '^', sub: '_' }[level]}${style === 'italic' ? text : `«${text}»`}`,
    )
    .join(' ');

describe('names for drawings', () => {
  it('reads letters, Greek and scripts', () => {
    expect(words('x_{1}')).toBe('x _«1»');
    expect(words('net^{1}_{2}')).toBe('net ^«1» _«2»');
    expect(words('\\mathrm{net}^{1}_{2,1}')).toBe('«net» ^«1» _«2,1»');
    expect(words('\\delta^{2}_{k}')).toBe('δ ^«2» _k');
    expect(words('W^{(l-1)}')).toBe('W ^«(» ^l ^«-1)»');
    expect(words('\\mathcal{L}')).toBe('ℒ');
    expect(words('\\hat y_1')).toBe('ŷ _«1»'.normalize('NFD').replace('«', '«'));
  });

  it('writes a derivative on one line', () => {
    expect(words('\\frac{\\partial L}{\\partial W^{1}_{1,2}}')).toBe('«∂» L «/∂» W ^«1» _«1,2»');
  });

  it('leaves to others what is no simple name', () => {
    for (const tex of ['\\sum_i x', 'a}', '{a', '\\sqrt{x}', 'x^'])
      expect(textRuns(tex), tex).toBeUndefined();
  });

  it('sets a subscript under its superscript', () => {
    expect(symbolWidth('x^{1}_{1}', 10)).toBe(symbolWidth('x^{1}', 10));
    expect(symbolWidth('x^{1}_{12}', 10)).toBe(symbolWidth('x_{12}', 10));
  });

  it('leaves paper between a superscript and the subscript under it', () => {
    // The height of a digit beside its font size, in KaTeX's font.
    const digit = 0.644;
    for (const size of [13, 15, 18]) {
      const [runs] = symbol('\\delta^{1}_{2}', size).values as [
        { values: [string, number, number, number] }[],
      ];
      const [[, , , own], [, , up], [, , down, script]] = runs.map(({ values }) => values);
      expect(own).toBe(size);
      // From the superscript's baseline down to the subscript's, less the subscript's height.
      expect(down - digit * script, `${size}`).toBeGreaterThan(0);
      expect(up).toBeLessThan(0);
    }
  });
});
