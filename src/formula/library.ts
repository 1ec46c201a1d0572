/**
 * The functions that every model knows, as text of the language itself, so *step into* opens them. A slope is written in terms
 * of the function's own value (its bare name), or of its parameters where the value does not suffice: a lecture computes it from
 * the stored activation, and it stays finite where the symbolic derivative of the body does not.
 */
export const library = `
function sigmoid(z) = 1 / (1 + exp(-z))        slope sigmoid * (1 - sigmoid)
function relu(z) = max(z, 0)                   slope [relu > 0]
function step(z) = [z >= 0]                    slope 0
function identity(z) = z                       slope 1
function softplus(z) = max(z, 0) + log(1 + exp(-abs(z)))   slope sigmoid(z)
function square(z) = z^2                       slope 2*z

function gaussian(seed, deviation) = deviation * normal(seed)
function he(seed, inputs) = sqrt(2 / inputs) * normal(seed)
function xavier(seed, inputs, outputs) = sqrt(6 / (inputs + outputs)) * (2*uniform(seed) - 1)

write sigmoid as \\sigma   relu as \\operatorname{ReLU}   step as \\operatorname{step}   identity as \\operatorname{id}   softplus as \\operatorname{softplus}   square as \\operatorname{sq}
say sigmoid as "sigma"   relu as "rectified linear"
`;
