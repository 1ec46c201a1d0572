import { get, set } from './code-writer.ts';
import { type Code, double, type FunctionCode, op, unsignedLeb } from './encoding.ts';

/*
 * exp and tanh as WebAssembly, since a call to JavaScript costs more than they do. They repeat those of
 * src/number/elementary.ts (which names the source) operation by operation; a test compares every bit.
 * In postfix notation: `x 2 *` is x · 2, `=k` pops the stack into k.
 */

const reduction = `
  x abs =size
  0 =k
  size 0.34657359027997264 > if
    size 1.0397207708399179 < if
      1 x copysign =k
    else
      1.4426950408889634 x * 0.5 x copysign + trunc =k
    end
  end
  x k 0.6931471803691238 * - =high`;

/** y · 2^k for y and k on the stack. */
const scaleText = `
  =k =y
  k 1023 > if y 2 * k 1 - power * return end
  k -1022 < if y k 1000 + power * -1000 power * return end
  y k power *`;

const exp = `
  x 709.782712893384 > if Infinity return end
  x -745.1332191019411 < if 0 return end
  x x != if x return end
  x abs 3.725290298461914e-9 < if 1 x + return end
  x 1 == if 2.718281828459045 return end
  ${reduction}
  k 1.9082149292705877e-10 * =low
  high low - =r
  r r * =t
  0.00006613756321437934 t -0.0000016533902205465252 t 4.1381367970572385e-8 * + * + =p
  r t 0.16666666666666602 t -0.0027777777777015593 t p * + * + * - =c
  k 0 == if 1 r c * c 2 - / r - - return end
  1 low r c * 2 c - / - high - - k ${scaleText}`;

const expMinusOne = `
  x abs 5.551115123125783e-17 < if x return end
  ${reduction}
  k 1.9082149292705877e-10 * =low
  high low - =r
  high r - low - =lost
  0.5 r * =half
  r half * =s
  -0.00007936507578674879 s 0.000004008217827329362 s -2.0109921818362437e-7 * + * + =q
  1 s -0.03333333333333313 s 0.0015873015872548146 s q * + * + * + =p
  3 p half * - =t
  s p t - 6 r t * - / * =e
  k 0 == if r r e * s - - return end
  r e lost - * lost - s - =d
  k -1 == if 0.5 r d - * 0.5 - return end
  k 1 == if
    r -0.25 < if -2 d r 0.5 + - * return end
    1 2 r d - * + return
  end
  k -2 <= k 56 > or if 1 d r - - k scale 1 - return end
  0 k - power =c
  k 20 < if 1 c - d r - - k scale return end
  r d c + - 1 + k scale`;

const tanh = `
  x x != if x return end
  x abs =size
  size 3.725290298461914e-9 < if x return end
  1 =r
  size 1 < if
    -2 size * expMinusOne =t
    t neg t 2 + / =r
  else
    size 22 < if 1 2 2 size * expMinusOne 2 + / - =r end
  end
  x 0 < if r neg return end
  r`;

/** The functions of one double that come first, in order; two helpers follow them. */
export const generatedFunctions = ['exp', 'tanh'] as const;
const names = [...generatedFunctions, 'expMinusOne', 'scale'];
const texts = [exp, tanh, expMinusOne, `x k ${scaleText}`];

const words: Readonly<Record<string, Code>> = {
  '+': [0xa0],
  '-': [0xa1],
  '*': [0xa2],
  '/': [0xa3],
  '==': [0x61],
  '!=': [0x62],
  '<': [0x63],
  '>': [0x64],
  '<=': [0x65],
  or: [...op.i32.or],
  abs: [0x99],
  neg: [0x9a],
  trunc: [0x9d],
  copysign: [0xa6],
  if: [...op.if],
  else: [0x05],
  end: [...op.end],
  return: [0x0f],
  // 2 to an integer power in the range of normal numbers: the exponent is shifted into its bits.
  power: [0xb0, 0x42, 0xff, 0x07, 0x7c, 0x42, 52, 0x86, 0xbf],
};

/**
 * Encodes the functions, those of `generatedFunctions` first, in order, then two helpers that they call. They call one another
 * by index: in the module they must follow one another, from index `first` on.
 */
export function elementaryFunctions(first: number): FunctionCode[] {
  return texts.map((text, n) => {
    const isScale = names[n] === 'scale';
    const locals = new Map<string, number>([['x', 0], ...(isScale ? [['k', 1] as const] : [])]);
    const parameters = locals.size;
    const code = text
      .trim()
      .split(/\s+/)
      .flatMap((word): Code => {
        const callee = names.indexOf(word);
        if (callee >= 0) return [...op.call, ...unsignedLeb(first + callee)];
        if (words[word] !== undefined) return words[word];
        if (word.startsWith('=')) {
          const name = word.slice(1);
          if (!locals.has(name)) locals.set(name, locals.size);
          return set(locals.get(name) as number);
        }
        const local = locals.get(word);
        return local === undefined ? [...op.number, ...double(Number(word))] : get(local);
      });
    return {
      parameters,
      gives: 'f64',
      locals: new Array<'f64'>(locals.size - parameters).fill('f64'),
      code,
    };
  });
}
