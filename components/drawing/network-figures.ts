import { type SVGTemplateResult, svg } from 'lit';
import type { Activations } from '../../src/explain/activations.ts';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { Unit } from '../../src/explain/drawing.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import type { Version } from '../../src/formula/expression.ts';
import { cellName } from '../../src/formula/model.ts';
import { texName } from '../../src/formula/notation.ts';
import { format } from '../../src/number/format.ts';
import type { Precision } from '../../src/number/rounding.ts';
import type { Session } from '../../src/session/session.ts';
import { networkDrawingWords as words } from '../../src/words/drawing/network-drawing.ts';
import { changeWords } from '../../src/words/notices/changes.ts';
import { remembered } from '../base/remembered.ts';
import { activationGlyph, glyph } from './activation-glyph.ts';
import { numberWidth, symbol, symbolWidth, textRuns } from './svg-label.ts';

/** Font sizes of numbers in units, in labels, of symbols, of replaced numbers, and of how many units are left out, in drawing units. */
export const sizes = { value: 13.5, label: 12.5, symbol: 13, old: 11, omission: 11.5 } as const;
/** Nothing in a drawing is written smaller than this, in drawing units. */
const smallest = 11;
const space = 4;
/** Between a symbol and the curve beside it. */
const apart = 6;
/** Bold figures are wider. */
const bold = 1.1;
/** A slope is found by small differences: further digits may be noise. */
const slopePrecision = { kind: 'decimals', digits: 4 } as const;
/** Significant digits of a number in the drawing at most; the table has them all. */
const mostDigits = 6;

/** A line of text: the middle of its baseline and its greatest width, in drawing units. */
export interface TextSlot {
  /** The middle of the line. */
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  /** The greatest width. */
  readonly width: number;
}

/** A symbol in a line of text. */
export interface NamePart {
  /** Its TeX, as `symbol` takes it; it always has the size `sizes.symbol`. */
  readonly tex: string;
}

/** A number in a line of text. */
export interface NumberPart {
  /**
   * The number with fewer and fewer significant digits: each text has one less than the text before, the last a single one. Not
   * empty; one text for what cannot be shortened, such as 0 and NaN.
   */
  readonly texts: readonly string[];
  /** Its CSS classes, separated by spaces; with `renewed` it is measured as bold. */
  readonly classes: string;
  /** Its usual font size, in drawing units, at least `smallest`. */
  readonly size: number;
}

/** A part of a line of text: a symbol or a number. */
export type LinePart = NamePart | NumberPart;

/** A line of text as typeset, and its width in drawing units. */
export interface TypesetLine {
  /** A `<text>` element. */
  readonly content: SVGTemplateResult;
  /** The approximate width, in drawing units. */
  readonly width: number;
  /**
   * The digits kept by the number with the fewest, at least 1; 7, more than any number has, where none were dropped; 0 where the
   * line is still too wide.
   */
  readonly digits: number;
}

/**
 * Numbers and symbols of cells at the session's present step, typeset to fit their space. A cell that is not computed yet has no
 * number.
 */
export class NetworkFigures {
  constructor(
    private readonly session: Session,
    /** The functions of units; without them none is drawn. */
    private readonly activations?: Activations,
  ) {}

  /** The value of a cell (indices from 1); undefined while it is not computed, or where it has no such version. */
  value(cell: UnversionedCell, version: Version): number | undefined {
    const { moment, machine } = this.session;
    if (version === 'new' && !machine.layout.has(cell.name, 'new')) return undefined;
    return moment.value(cell.name, version, cell.cell);
  }

  /** Whether an update has computed the cell's new value by now. */
  isRenewed(cell: UnversionedCell): boolean {
    return this.value(cell, 'new') !== undefined;
  }

  /** A tooltip for a cell: its plain name and its numbers, old → new, as the table shows them. */
  title(cell: UnversionedCell): string {
    const { figures } = this.session;
    const numbers = (['old', 'new'] as const).flatMap((version) => {
      const value = this.value(cell, version);
      return value === undefined
        ? []
        : [figures.text(value, cell.name, cell.cell) + this.lesson(cell, version)];
    });
    const named = [cellName(cell.name, cell.cell), ...(numbers.length > 0 ? [numbers.join(' → ')] : [])];
    const { model } = this.session;
    const spoken = model.words.has(cell.name) ? [spokenCell(model, cell.name, cell.cell)] : [];
    const slope = this.slope(cell);
    return [named.join(' = '), ...spoken, ...(slope === undefined ? [] : [slope])].join(', ');
  }

  /** The slope of the function that computes a cell, at its net input, in words; undefined while there is none. */
  slope({ name, cell }: UnversionedCell): string | undefined {
    const activation = this.activations?.of(name);
    const net = activation && this.value({ name: activation.net, cell }, 'old');
    const isDone = this.value({ name, cell }, 'old') !== undefined;
    const slope = net === undefined || !isDone ? undefined : activation?.slope(net);
    if (activation === undefined || net === undefined || slope === undefined) return undefined;
    return words.slope(format(slope, { precision: slopePrecision }), activation.isSaturated(net));
  }

  /** The lesson's number in parentheses, where it is another; else empty. */
  private lesson({ name, cell }: UnversionedCell, version: Version): string {
    const { session } = this;
    if (!session.differs(name, version, cell)) return '';
    const lesson = session.untouchedValue(session.state.precision, name, version, cell);
    return ` (${changeWords.lesson(session.figures.text(lesson, name, cell))})`;
  }

  /** The TeX of a cell's symbol; the plain name where `textRuns` cannot set it. */
  tex({ name, cell }: UnversionedCell): string {
    const written = texName(this.session.model, name, cell);
    return textRuns(written) === undefined ? cellName(name, cell) : written;
  }

  /**
   * The number of a cell as a part of a line; undefined while it has no value. By default the old version in `sizes.label`. To its
   * classes (by default `value`) it adds `renewed` if they are just `value` and the version is new, and `differs` where the
   * reader's changes show, but not to an `old` number.
   */
  number(
    cell: UnversionedCell,
    { version = 'old', size = sizes.label, classes = 'value', most = mostDigits }: Partial<NumberStyle> = {},
  ): NumberPart | undefined {
    const value = this.value(cell, version);
    if (value === undefined) return undefined;
    const { figures } = this.session;
    const differs = this.session.differs(cell.name, version, cell.cell) ? ' differs' : '';
    return {
      texts: shorter(value, figures.precision(cell.name, cell.cell)).slice(-most),
      classes: `${classes}${classes === 'value' && version === 'new' ? ' renewed' : ''}${classes.includes('old') ? '' : differs}`,
      size,
    };
  }

  /**
   * A cell's symbol above its number, or above "…" where `pending` and not computed. Where there is room beside the symbol, the
   * function that computes the cell from another of its unit.
   */
  pair(cell: UnversionedCell, unit: Unit, { x, y, width }: TextSlot, pending: boolean): SVGTemplateResult {
    const number = this.number(cell, { size: sizes.value }) ?? (pending ? ellipsis : undefined);
    const tex = this.tex(cell);
    const activation = this.activations?.of(cell.name);
    const net = unit.cells.find(({ name }) => name === activation?.net);
    const name = symbolWidth(tex, sizes.symbol);
    const both = name + apart + glyph.width;
    const isDrawn = activation !== undefined && net !== undefined && both <= width;
    const left = x - both / 2;
    const middle = isDrawn ? left + name / 2 : x;
    return svg`<text class="name" x=${middle} y=${y - 4.5} font-size=${sizes.symbol}>${symbol(tex, sizes.symbol, true)}</text>
      ${
        isDrawn
          ? activationGlyph(
              activation,
              { net: this.value(net, 'old'), value: this.value(cell, 'old') },
              { x: left + name + apart, y: y - 16 },
            )
          : ''
      }
      ${number ? typesetLine([number], { x, y: y + 13, width }).content : ''}`;
  }
}

/** How a number is written: in which version (`old` if left out), font size (drawing units) and CSS classes. */
interface NumberStyle {
  readonly version: Version;
  readonly size: number;
  readonly classes: string;
  /** Significant digits at most, where fewer than usual. */
  readonly most: number;
}

/** A placeholder for a number that is being computed. */
export const ellipsis: NumberPart = { texts: ['…'], classes: 'value', size: sizes.label };

/**
 * Typesets a line of symbols and numbers (at least one part), centred by the page's styles. To fit the slot's width, numbers
 * first get smaller, down to `smallest`; only where that is not enough, all lose a digit at a time, and are as large as fits
 * then. Symbols stay. Even so the line may be wider than its slot: then `digits` is 0.
 */
export function typesetLine(parts: readonly LinePart[], { x, y, width }: TextSlot): TypesetLine {
  const numbers = parts.filter((part) => 'texts' in part);
  const most = Math.max(1, ...numbers.map(({ texts }) => texts.length));
  const fixed = parts.reduce(
    (sum, piece) => sum + ('tex' in piece ? symbolWidth(piece.tex, sizes.symbol) : 0),
    space * (parts.length - 1),
  );
  let fewer = 0;
  let scale = 1;
  for (; fewer < most; fewer++) {
    const whole = numbers.reduce((sum, one) => sum + partWidth(one, fewer), 0);
    scale = whole === 0 ? 1 : Math.min(1, (width - fixed) / whole);
    const shortenedTexts = numbers.reduce((sum, one) => sum + partWidth(one, fewer, scale), fixed);
    if (shortenedTexts <= width || fewer === most - 1) break;
  }
  const content = svg`<text x=${x} y=${y}>${parts.map(
    (piece, at) =>
      svg`${at === 0 ? '' : svg`<tspan dx=${space}>\u200b</tspan>`}${
        'tex' in piece
          ? svg`<tspan class="name">${symbol(piece.tex, sizes.symbol)}</tspan>`
          : svg`<tspan class=${piece.classes} font-size=${scaled(piece.size, scale)}>${textOf(piece, fewer)}</tspan>`
      }`,
  )}</text>`;
  const kept = fewer === 0 ? [] : numbers.map(({ texts }) => Math.max(1, texts.length - fewer));
  const wide = numbers.reduce((sum, one) => sum + partWidth(one, fewer, scale), fixed);
  return { content, width: wide, digits: wide > width ? 0 : Math.min(mostDigits + 1, ...kept) };
}

const textOf = ({ texts }: NumberPart, fewer: number): string => texts[Math.min(fewer, texts.length - 1)];

/** Not below a legible size. */
const scaled = (size: number, scale: number): number =>
  Math.max(smallest, Math.floor(10 * size * scale) / 10);

function partWidth(part: NumberPart, fewer: number, scale = 1): number {
  const weight = part.classes.includes('renewed') ? bold : 1;
  return weight * numberWidth(textOf(part, fewer), scaled(part.size, scale));
}

/** A number with as many digits as its precision gives, at most six, and then with fewer and fewer, down to one. */
const shorter = remembered(
  4000,
  (value: number, precision: Precision) =>
    `${value} ${Object.is(value, -0)} ${precision.kind} ${'digits' in precision ? precision.digits : ''}`,
  shortened,
);

function shortened(value: number, precision: Precision): readonly string[] {
  const asked = format(value, { precision });
  if (!/\d/.test(asked) || value === 0) return [asked];
  const count = significant(asked);
  const texts = count <= mostDigits ? [compact(asked)] : [];
  for (let digits = Math.min(count - 1, mostDigits); digits >= 1; digits--)
    texts.push(compact(format(value, { precision: { kind: 'significant', digits } })));
  return texts;
}

const significant = (text: string): number =>
  text.replace(/×.*/, '').replace(/\D/g, '').replace(/^0+/, '').length;

const longest = 8;

/** A very small or large number as a power of ten, where that is shorter. */
function compact(text: string): string {
  if (text.length <= longest || text.includes('×')) return text;
  const [, sign, whole, fraction = ''] = text.match(/^(−?)(\d+)\.?(\d*)$/) ?? [];
  if (whole === undefined) return text;
  const zeros = whole === '0' ? fraction.search(/[1-9]/) : 0;
  const [first, ...others] = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  const exponent = whole === '0' ? zeros + 1 : whole.length - 1;
  const power = [...`${exponent}`].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  const mantissa = others.length > 0 ? `${first}.${others.join('')}` : first;
  const raised = `${sign}${mantissa}×10${whole === '0' ? '⁻' : ''}${power}`;
  return raised.length < text.length ? raised : text;
}
