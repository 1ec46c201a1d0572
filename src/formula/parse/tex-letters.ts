const greek =
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω';
const signs =
  'leftarrow <- gets <- cdot * times * le <= leq <= ge >= geq >= ne != neq != to -> rightarrow ->';

/**
 * TeX names, without the backslash, and the letter or sign that an editor puts in their place: `delta` gives δ, `le` gives <=.
 */
export const letters: ReadonlyMap<string, string> = new Map(
  `${greek} ${signs}`.match(/\S+ \S+/g)?.map((pair) => pair.split(' ') as [string, string]),
);
