import { speechWords } from '../words/speech/speech.ts';
import type { Model } from './model.ts';

/** Greek letters, each with its name in TeX without the backslash. */
export const greek: ReadonlyMap<string, string> = new Map(
  Object.entries({
    α: 'alpha',
    β: 'beta',
    γ: 'gamma',
    δ: 'delta',
    ε: 'epsilon',
    ζ: 'zeta',
    η: 'eta',
    θ: 'theta',
    κ: 'kappa',
    λ: 'lambda',
    μ: 'mu',
    ν: 'nu',
    ξ: 'xi',
    π: 'pi',
    ρ: 'rho',
    σ: 'sigma',
    τ: 'tau',
    φ: 'phi',
    χ: 'chi',
    ψ: 'psi',
    ω: 'omega',
    Γ: 'Gamma',
    Δ: 'Delta',
    Θ: 'Theta',
    Λ: 'Lambda',
    Π: 'Pi',
    Σ: 'Sigma',
    Φ: 'Phi',
    Ψ: 'Psi',
    Ω: 'Omega',
  }),
);
const greekNames = new Set(greek.values());

/**
 * How a name is typeset where the lesson does not say: eta as \eta, net as \mathrm{net}. A number at the end counts layers and
 * becomes a superscript, since indices stand below: δ1 as \delta^{1}. For a single number it is a subscript: β2 is no square.
 */
function defaultTex(name: string, isSingle: boolean): string {
  const [, stem, digits] = /^(.*?)(\d*)$/u.exec(name) as RegExpExecArray;
  const letter = greek.get(stem) ?? (greekNames.has(stem) ? stem : undefined);
  const base = letter
    ? `\\${letter}`
    : [...stem].length === 1
      ? stem
      : `\\mathrm{${stem.replaceAll('_', '\\_')}}`;
  return digits === '' ? base : `${base}${isSingle ? '_' : '^'}{${digits}}`;
}

/**
 * TeX of a name without its indices; a `#` in it marks where they go, as `texName` puts them. The lesson's `write` line wins,
 * also for a derivative; otherwise `dL/dW` becomes a fraction. The name need not exist.
 */
export function texBase(model: Model, name: string): string {
  const written = model.tex.get(name)?.text;
  if (written !== undefined) return written;
  if (!name.includes('/')) return defaultTex(name, model.quantities.get(name)?.shape.length === 0);
  const [of, by] = name.split('/').map((part) => texBase(model, part.slice(1)));
  return `\\frac{\\partial ${of}}{\\partial ${by.includes('#') ? by : `${by}_{#}`}}`;
}

/**
 * TeX of a name with its indices, themselves numbers or TeX, joined by commas. They replace the notation's `#`; without one
 * they become a subscript. `[]` gives the bare name, without the mark.
 */
export function texName(model: Model, name: string, indices: readonly (string | number)[]): string {
  const base = texBase(model, name);
  if (indices.length === 0) return base.replace('_{#}', '').replace(/#,|,#|#/, '');
  const joined = indices.join(',');
  return base.includes('#') ? base.replace('#', joined) : `${base}_{${joined}}`;
}

/**
 * Words for a name in the current speech language, as plain text: "delta 1" for δ1, unless the lesson has a `say` line for it. Where
 * nothing but one loss is differentiated, its derivative by a parameter is the gradient of that, and its other derivatives need not
 * name it if `isShort`.
 */
export function spokenName(model: Model, name: string, isShort = false): string {
  const said = model.words.get(name)?.text;
  if (said !== undefined) return said;
  if (name.includes('/')) {
    const [of, by] = name.split('/').map((part) => part.slice(1));
    const said = spokenName(model, by);
    const others = [...model.quantities.keys()].some(
      (one) => one.includes('/') && !one.startsWith(`d${of}/`),
    );
    if (!others && model.quantities.get(by)?.role === 'param') return speechWords.gradient(said);
    return !others && isShort
      ? speechWords.shortDerivative(said)
      : speechWords.derivative(spokenName(model, of), said);
  }
  const spelled = [...name].map((char) => (greek.has(char) ? ` ${greek.get(char)} ` : char)).join('');
  return spelled.replace(/(\d+)/g, ' $1').replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
}
