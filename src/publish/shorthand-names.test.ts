import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../formula/diagnostic.ts';
import { readModel } from '../formula/parse/reader.ts';
import { expandShorthand } from '../network/expansion.ts';
import { layerKinds } from '../network/layer-kinds.ts';
import { optimizers } from '../network/training.ts';

/** For every kind of layer, what it reads and what is written for it. */
const examples: readonly (readonly [kind: string, shape: string, rest: string])[] = [
  ['dense', '2', '3 sigmoid'],
  ['dense', '2', '3 softmax'],
  ['each', '5,2', '3 tanh'],
  ['conv', '2,8,8', '4 3x3 relu'],
  ['conv', '8,8', '3x3 relu'],
  ['maxpool', '2,8,8', '2x2'],
  ['avgpool', '2,8,8', '2x2'],
  ['residual', '3', 'tanh'],
  ['residual', '2,8,8', '3x3 relu'],
  ['dropout', '3', '0.5'],
  ['batchnorm', '3', ''],
  ['batchnorm', '2,8,8', ''],
  ['layernorm', '3', ''],
  ['recurrent', '5,2', '3 tanh'],
  ['lstm', '5,2', '3'],
  ['last', '5,2', ''],
  ['embedding', '5', '4 words 10'],
  ['attention', '5,2', '4'],
];

const quoted = (text: string): string => `\`${text}\``;

/** What the lines of a text define: data with their sizes, and what is computed; each once, in their order. */
function names(text: string): { data: string[]; computed: string[] } {
  const statements = readModel(text, new Diagnostics());
  const written = text.split('\n');
  const data: string[] = [];
  const computed: string[] = [];
  for (const one of statements) {
    if (one.kind === 'data' || one.kind === 'random' || one.kind === 'mode') {
      const line = written[one.span.line - 1];
      const [, sizes] = /^\w+ [^\s[]+\[([\d,]+)\]/u.exec(line) ?? [];
      const like = /like (\S+)/u.exec(line)?.[1];
      data.push(
        quoted(one.name) + (sizes ? ` ${sizes.replaceAll(',', ' × ')}` : like ? ` like ${quoted(like)}` : ''),
      );
    } else if (one.kind === 'formula' && one.assignment === '=') computed.push(quoted(one.target));
  }
  return { data, computed };
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const list = (all: readonly string[]): string => all.join(', ');

function layerRows(): string[] {
  return examples.map(([kind, shape, rest]) => {
    const batch = kind === 'batchnorm' ? 'batch n = 4\n' : '';
    const { text, diagnostics } = expandShorthand(
      `${batch}use ${kind} h1 from x[${shape}]${rest && `, ${rest}`}`,
    );
    expect(diagnostics, kind).toEqual([]);
    const { data, computed } = names(text);
    const written = [...(kind === 'dense' ? [] : [kind]), ...(rest ? [rest] : [])].join(' ');
    return row([quoted(written), quoted(shape.replaceAll(',', 'x')), list(data), list(computed)]);
  });
}

function optimizerRows(): string[] {
  return Object.entries(optimizers).map(([kind, { expand, usual, usage }]) => {
    const trained = [{ name: 'W1', indices: ['j', 'i'], gradient: 'dL/dW1[j,i]' }];
    const { data } = names(expand({ trained, numbers: usual, rate: 'eta', mark: '' }));
    expect(usage.startsWith(kind)).toBe(true);
    return row([quoted(usage), list(data)]);
  });
}

const page = readFileSync('lessons/90-the-formula-language.md', 'utf8');

/** The rows of the page's table with this heading. */
function tableOf(heading: string): string[] {
  const lines = page.split('\n');
  const at = lines.indexOf(heading);
  const end = lines.findIndex((line, n) => n > at && !line.startsWith('|'));
  return at < 0 ? [] : lines.slice(at + 2, end);
}

describe('the names that shorthand takes', () => {
  it('are looked at for every kind of layer', () => {
    expect(new Set(examples.map(([kind]) => kind))).toEqual(new Set(Object.keys(layerKinds)));
  });

  it('are those that the language page lists', () => {
    expect(tableOf('| layer | of | data | formulas |').join('\n')).toBe(layerRows().join('\n'));
    expect(tableOf('| optimizer | data |').join('\n')).toBe(optimizerRows().join('\n'));
  });
});
