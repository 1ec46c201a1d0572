import { parseArgs } from 'node:util';
import type { TraceGrain } from '../export/trace/trace.ts';
import { closest } from '../formula/diagnostic.ts';
import type { RunPrecision } from '../machine/machine.ts';
import { UsageFault } from './settings/usage-fault.ts';

/** The options of every command that runs a model, without `--`. */
export const runOptions = ['model', 'precision', 'frames', 'grain'] as const;
/** The values of `--grain`. */
export const grains: readonly TraceGrain[] = ['operation', 'cell'];
/** The values of `--precision`. */
export const precisions: readonly RunPrecision[] = ['lesson', 'full'];

/** The parsed arguments of a command. */
export interface Arguments<Name extends string> {
  /** The values of the options that are given; never empty. */
  readonly values: Partial<Record<Name, string>>;
  /** The other words, in order. */
  readonly files: readonly string[];
}

/**
 * Reads the words after a command's name, which is only for messages; `options` are the names that it knows, without `--`.
 * Throws a `UsageFault` for an unknown option, one without a value, and one that is given twice; values and files are not
 * checked.
 */
export function readArguments<Name extends string>(
  command: string,
  words: readonly string[],
  options: readonly Name[],
): Arguments<Name> {
  const known = Object.fromEntries(options.map((name) => [name, { type: 'string' as const }]));
  const { tokens, positionals } = parseArgs({
    ...{ args: [...words], options: known, allowPositionals: true, strict: false, tokens: true },
  });
  const values: Partial<Record<Name, string>> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { rawName, value } = token;
    const name = options.find((one) => one === token.name);
    if (name === undefined || rawName !== `--${name}`)
      throw new UsageFault(unknownOption(command, rawName, options));
    // A word that looks like the next option is no value, unless it is written after an equals sign.
    if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--')))
      throw new UsageFault(`${rawName} needs a value behind it`);
    if (name in values) throw new UsageFault(`${rawName} is given twice; give it once`);
    values[name] = value;
  }
  return { values, files: positionals };
}

function unknownOption(command: string, given: string, options: readonly string[]): string {
  if (options.length === 0) return `${command} has no option ${given}; it takes files only`;
  const near = closest(given.replace(/^-+/, ''), options);
  const all = options.map((name) => `--${name}`).join(', ');
  return `${command} has no option ${given}; ${near === undefined ? `it has ${all}` : `do you mean --${near}?`}`;
}

/**
 * The value of an option (named without `--`, for messages), which must be one of `allowed`; throws a `UsageFault` where it is
 * undefined or another.
 */
export function oneOf<Word extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly Word[],
): Word {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  const choice = allowed.join(' or ');
  if (value === undefined) throw new UsageFault(`say which form with --${option}: ${choice}`);
  const near = closest(value, allowed);
  const hint = near !== undefined && allowed.length > 2 ? `; do you mean ${near}?` : '';
  throw new UsageFault(`--${option} is ${choice}, not ${value}${hint}`);
}

/** The value of `--frames` as a number, a whole one from 1; 1 if it is not given. Throws a `UsageFault` for other texts. */
export function frameCount(text = '1'): number {
  const frames = Number(text);
  if (!/^\d+$/.test(text) || frames < 1 || !Number.isSafeInteger(frames))
    throw new UsageFault(`--frames takes a whole number from 1, not ${text}`);
  return frames;
}
