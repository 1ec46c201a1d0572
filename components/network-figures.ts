import { type SVGTemplateResult, svg } from 'lit';
import type { CellRef } from '../src/explain/adjoints.ts';
import type { Weight } from '../src/explain/drawing.ts';
import type { Version } from '../src/formula/expression.ts';
import { cellName } from '../src/formula/model.ts';
import { texName } from '../src/formula/notation.ts';
import type { Session } from '../src/session/session.ts';
import { runsOf, symbol, symbolWidth, textWidth } from './svg-label.ts';

/** Font sizes in drawing units. */
const sizes = { value: 13.5, label: 12.5, symbol: 13, old: 10.5 } as const;
const smallest = 10;
const space = 4;

/** Where a line of text is centred, and how wide it may be. */
interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A line of text, and how wide it has become. */
export interface Line {
  readonly content: SVGTemplateResult;
  readonly width: number;
  /** What stands on top of it. */
  readonly above?: number;
}

interface Part {
  readonly width: number;
  readonly content: SVGTemplateResult;
}

/** Numbers and symbols of cells, set to fit the room that they have. What is not computed at this moment has no number. */
export class NetworkFigures {
  constructor(private readonly session: Session) {}

  /** The number of a cell now. */
  text(cell: CellRef, version: Version = 'old'): string | undefined {
    const { moment, figures, machine } = this.session;
    if (version === 'new' && !machine.layout.has(cell.name, 'new')) return undefined;
    const value = moment.value(cell.name, version, cell.cell);
    return value === undefined ? undefined : figures.text(value, cell.name, cell.cell);
  }

  /** The lesson's symbol; the plain name where an SVG cannot set it. */
  private tex({ name, cell }: CellRef): string {
    const written = texName(this.session.model, name, cell);
    return runsOf(written) === undefined ? cellName(name, cell) : written;
  }

  /** A cell's symbol above its number. */
  pair(cell: CellRef, { x, y, width }: Room, pending: boolean): SVGTemplateResult {
    const shown = this.text(cell) ?? (pending ? '…' : '');
    const size = fitted(shown, width, sizes.value);
    return svg`<text class="name" x=${x} y=${y - 6} font-size=${sizes.symbol}>${symbol(this.tex(cell), sizes.symbol)}</text>
      <text class=${this.classes(cell, 'old', 'value')} x=${x} y=${y + 12} font-size=${size}>${shown}</text>`;
  }

  /** A cell's symbol and number in one line; where there is no room the symbol gives way. */
  line(cell: CellRef, room: Room, pending: boolean): Line {
    const shown = this.text(cell) ?? (pending ? '…' : '');
    const tex = this.tex(cell);
    const number = this.cellNumber(cell, 'old', shown);
    const lines = [tex, shortened(tex)].map((name) => [this.name(name), number]);
    return this.set([...lines, this.alone(number, shown, cell, 'old', room)], room);
  }

  /**
   * A parameter: its symbol and number; once renewed the old number struck out beside the new one, or above it where that
   * is too wide and there is room.
   */
  weight(weight: Weight, room: Room, prefix: string, isTall: boolean): Line {
    const old = this.text(weight) ?? '';
    const renewed = this.text(weight, 'new');
    const name = this.name(prefix + this.tex(weight));
    if (renewed === undefined) {
      const number = this.cellNumber(weight, 'old', old);
      return this.set([[name, number], this.alone(number, old, weight, 'old', room)], room);
    }
    const before = this.number(old, 'value old', sizes.old);
    const after = this.cellNumber(weight, 'new', renewed);
    const lines = [
      [name, before, after],
      [before, after],
    ];
    if (lineWidth(lines[1]) <= room.width) return this.set(lines, room);
    if (!isTall) return this.set([this.alone(after, renewed, weight, 'new', room)], room);
    const [above, line] = [
      this.set([[before]], { ...room, y: room.y - 13 }),
      this.set([this.alone(after, renewed, weight, 'new', room)], room),
    ];
    return {
      content: svg`${above.content}${line.content}`,
      width: Math.max(above.width, line.width),
      above: 13,
    };
  }

  /** The newest number of a parameter, and nothing else. */
  bare(weight: Weight, room: Room): Line {
    const renewed = this.text(weight, 'new');
    const version = renewed === undefined ? 'old' : 'new';
    const shown = renewed ?? this.text(weight) ?? '';
    const size = fitted(shown, room.width, sizes.old);
    return this.set([[this.cellNumber(weight, version, shown, size)]], room);
  }

  /** Whether a parameter has been renewed at this moment. */
  isRenewed(weight: Weight): boolean {
    return this.text(weight, 'new') !== undefined;
  }

  /** A derivative by a parameter; undefined while there is nothing of it. */
  gradient(cell: CellRef, room: Room, pending: boolean): Line | undefined {
    const shown = this.text(cell) ?? (pending ? '…' : undefined);
    if (shown === undefined) return undefined;
    const number = this.cellNumber(cell, 'old', shown);
    const lines = [[this.name(shortened(this.tex(cell))), number]];
    return this.set([...lines, this.alone(number, shown, cell, 'old', room)], room);
  }

  private cellNumber(cell: CellRef, version: Version, text: string, size: number = sizes.label): Part {
    return this.number(
      text,
      this.classes(cell, version, version === 'new' ? 'value renewed' : 'value'),
      size,
    );
  }

  /** A number without its symbol, as large as it can be. */
  private alone(number: Part, text: string, cell: CellRef, version: Version, { width }: Room): Part[] {
    return number.width <= width
      ? [number]
      : [this.cellNumber(cell, version, text, fitted(text, width, sizes.label))];
  }

  private classes({ name, cell }: CellRef, version: Version, base: string): string {
    return this.session.differs(name, version, cell) ? `${base} differs` : base;
  }

  private name(tex: string): Part {
    const content = svg`<tspan class="name">${symbol(tex, sizes.symbol)}</tspan>`;
    return { width: symbolWidth(tex, sizes.symbol), content };
  }

  private number(text: string, classes: string, size: number): Part {
    return {
      width: textWidth(text, size),
      content: svg`<tspan class=${classes} font-size=${size}>${text}</tspan>`,
    };
  }

  /** The first of the lines that fits, else the last. */
  private set(lines: readonly (readonly Part[])[], { x, y, width }: Room): Line {
    const parts = lines.find((line) => lineWidth(line) <= width) ?? lines[lines.length - 1];
    const content = svg`<text x=${x} y=${y}>${parts.map(
      (part, at) => svg`${at === 0 ? '' : svg`<tspan dx=${space}>\u200b</tspan>`}${part.content}`,
    )}</text>`;
    return { content, width: lineWidth(parts) };
  }
}

const lineWidth = (parts: readonly Part[]): number =>
  parts.reduce((sum, { width }) => sum + width, space * (parts.length - 1));

/** On an edge a derivative need not say once more by what it is one. */
const shortened = (tex: string): string => (tex.startsWith('\\frac') ? '\\partial' : tex);

/** The font size at which a text fits, not below what can be read. */
function fitted(text: string, width: number, size: number): number {
  const wide = textWidth(text, 1);
  return wide === 0 ? size : Math.max(smallest, Math.min(size, Math.floor((10 * (width - 4)) / wide) / 10));
}
