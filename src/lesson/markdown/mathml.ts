/** The formula's TeX once more, which KaTeX puts into the MathML: nobody hears it, and who copies a formula would have it twice. */
const annotated =
  /<semantics>(.*?)<annotation encoding="application\/x-tex">[^<]*<\/annotation><\/semantics>/gs;

/** Upright letters in a row are a word, as `net`, which KaTeX spells. */
const spelled = /(?:<mi mathvariant="normal">\p{L}<\/mi>){2,}/gu;

/** Browsers leave out the attribute that makes a letter a script one, and want the letter itself. */
const script = /<mi mathvariant="script">([A-Z])<\/mi>/g;

/** The script capital of a letter. Eight of them are older than the others, and have places of their own. */
function scriptLetter(letter: string): string {
  const older = 'BℬEℰFℱHℋIℐLℒMℳRℛ';
  const at = older.indexOf(letter);
  return at >= 0 ? older[at + 1] : String.fromCodePoint(0x1d49c + letter.charCodeAt(0) - 65);
}

/** KaTeX’s markup with MathML that is shorter, and shown and read as it is meant. */
export const legibleMathml = (html: string): string =>
  html
    .replace(annotated, '$1')
    .replace(spelled, (letters) => `<mi>${letters.replace(/<[^>]*>/g, '')}</mi>`)
    .replace(script, (_, letter: string) => `<mi>${scriptLetter(letter)}</mi>`);
