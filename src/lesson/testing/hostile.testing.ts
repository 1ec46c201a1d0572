import { readdirSync, readFileSync } from 'node:fs';
import { directives } from '../directives/directives.ts';
import { roles } from '../roles/roles.ts';
import { run, schemes, scripts, signs } from './attacks.testing.ts';

/* Hostile lessons: drawn from a grammar of attacks, and from the course's own lessons with attacks inserted. */

/** Whole numbers from 0, the same for a seed everywhere (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = (seed * 0x9e3779b1) | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const lessons = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(`lessons/${file}`, 'utf8'))
  // Their models are run; small ones suffice.
  .filter((text) => !/^table /m.test(text) && !/^layers: /m.test(text));

class Drawing {
  private readonly below: (n: number) => number;
  constructor(seed: number) {
    this.below = chance(seed);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)];
  }

  /** A count from 1: mostly up to 4, sometimes up to `most`. */
  count(most: number): number {
    return this.below(6) === 0 ? 1 + this.below(most) : 1 + this.below(4);
  }

  many(most: number, text: () => string): string {
    return Array.from({ length: this.count(most) }, text).join('');
  }

  noise(): string {
    return this.many(30, () => this.one([...signs, 'a', 'x', '1', ' word ']));
  }

  /** Characters encoded in ways that some software still decodes. */
  hidden(text: string): string {
    return [...text]
      .map((char) => {
        const code = char.codePointAt(0) ?? 0;
        switch (this.below(18)) {
          case 0:
            return `&#${code};`;
          case 1:
            return `&#x${code.toString(16)};`;
          case 2:
            return `&#${String(code).padStart(7, '0')}`;
          case 3:
            return `%${code.toString(16).padStart(2, '0')}`;
          case 4:
            return char === ':' ? '&colon;' : `${char}&Tab;`;
          case 5:
            return `${char}${this.one(['&NewLine;', '&#0;', '&#x01;', '&shy;', '&ZeroWidthSpace;', '\t', '\\'])}`;
          case 6:
            return `&amp;#${code};`;
          default:
            return char;
        }
      })
      .join('');
  }

  address(): string {
    const scheme = this.one(schemes);
    const rest = this.one([
      run,
      `//elsewhere.example/${run}`,
      'text/html,<script>parent.ran=1</script>',
      'image/svg+xml,<svg onload=ran=1>',
      'image/png;base64,AAAA',
      '///etc/passwd',
      '../../../etc/passwd',
      '/\\elsewhere.example/a.png',
      './a.png',
      'a.png" onerror="ran=1',
      '%0aalert(1)',
      '#at=m@1',
      '',
    ]);
    const whole = this.hidden(scheme === '' ? rest : `${scheme}:${rest}`);
    return this.one(['', '', '', '&#1;', '&#32;', '\u0001', '\\']) + whole;
  }

  link(): string {
    const address = this.address();
    const text = this.one([
      'x',
      '**x**',
      '![x](./a.png)',
      this.one(scripts),
      '`x`',
      '$x$',
      '{fact}`m:y | 1`',
    ]);
    const title = this.one(['', '', ` "${this.one(scripts)}"`, ` 't&quot; onclick=${run}'`, ' (t)']);
    return this.one([
      () => `[${text}](${address}${title})`,
      () => `[${text}](<${address}>${title})`,
      () => `![${text}](${address}${title})`,
      () => `[${text}]\n\n[${text}]: ${address}${title}\n\n`,
      () => `![y][${text}]\n\n[${text}]:\n<${address}>${title}\n\n`,
      () => `<${address}>`,
      () => address,
    ])();
  }

  tex(): string {
    const depth = this.count(700);
    const inner = this.one(['x', '\\alpha', "x'", '\\foo', '}', 'é']);
    return this.one([
      () => `\\href{${this.address()}}{x}`,
      () => `\\url{${this.address()}}`,
      () => `\\includegraphics[alt=${this.one(scripts)}]{https://elsewhere.example/a.png}`,
      () => `\\htmlStyle{position:fixed;color:red}{x}\\htmlClass{a" onclick="${run}}{x}\\htmlId{x}{y}`,
      () => `\\htmlData{x=1" onclick="${run}, cell=a}{x}`,
      () => '\\def\\a{\\a\\a}\\a',
      () => '\\def\\a#1.{\\a#1#1.}\\a xx.',
      () => `${'\\gdef\\b{\\c\\c}\\gdef\\c{\\d\\d}'.repeat(this.count(20))}\\b`,
      () => `\\edef\\x{${'yy'.repeat(this.count(400))}}${'\\edef\\x{\\x\\x}'.repeat(this.count(40))}\\x`,
      () => `\\newcommand{\\z}[1]{#1#1}${'\\z{'.repeat(depth)}x${'}'.repeat(depth)}`,
      () => `\\let\\text=\\href\\text{${run}}{y}`,
      () => `\\rule{${'9'.repeat(this.count(300))}em}{99999999em}\\kern-1e9em\\hspace{99999em}`,
      () => `\\color{red;background:url(https://elsewhere.example)}{x}\\textcolor{#f00" onclick="${run}}{y}`,
      () => `\\text{${this.one(scripts)}}`,
      () => `\\verb|${this.one(scripts).replaceAll('|', '')}|`,
      () => `\\tag{${this.one(scripts)}}x`,
      () =>
        `\\begin{${this.one(['matrix', 'align', 'array}{c', 'CD', 'cases', 'x'])}}${'a&b\\\\'.repeat(this.count(600))}\\end{matrix}`,
      () =>
        this.one([
          'x^{',
          '\\frac{1}{',
          '\\sqrt{',
          '{',
          '\\text{',
          '\\left(',
          '\\begin{matrix}',
          '\\color{red}',
          '\\underbrace{',
          '\\displaystyle',
          '\\mathop',
          '\\bar',
          '\\not',
        ]).repeat(depth) +
        inner +
        this.one(['', '}'.repeat(depth), '\\right)'.repeat(depth), '\\end{matrix}'.repeat(depth)]),
      () =>
        this.one(['x', 'x_i', "'", '\\alpha ', '&', 'é', '\\foo ', '~%\n', '\\char"41']).repeat(
          this.count(9_000),
        ),
      () => this.noise(),
    ])();
  }

  nested(): string {
    const depth = this.count(4_000);
    const inner = this.one([() => this.link(), () => this.one(scripts), () => 'x', () => this.noise()])();
    return this.one([
      () => `${this.one(['> ', '>', '1. ', '- ', '> - ', '> 1. - ', '* ', '+ '])}`.repeat(depth) + inner,
      () =>
        this.one([
          '*',
          '_',
          '**',
          '~~',
          '*a ',
          '**a ',
          '_a *',
          '[',
          '![',
          '[a](',
          '[![',
          '`',
          '``',
          '<',
          '(',
          '{a}',
          '{a}`',
          '$',
          '$a ',
          '$$',
          '\\',
          '&',
          '[a]: ',
          '[a][',
          '|',
          '||',
          'a|',
          '~',
          '=',
          '#',
          '# ',
          ':::',
          ':::{x}\n',
          '---\n',
          '```\n',
          '$$\n',
          '\t',
          '<!--',
          '<a ',
          '</',
          '&amp;',
          'http://',
          'www.',
          'a@',
          '\u0000',
        ]).repeat(depth) + inner,
      () => `${'[a '.repeat(depth)}${inner}${'](b)'.repeat(depth)}`,
      () => `${'*a **'.repeat(depth)}${inner}${'** a*'.repeat(depth)}`,
      () =>
        Array.from(
          { length: Math.min(depth, 150) },
          (_, n) => `${`${this.one(['  ', '> '])}`.repeat(n)}- a${n}\n`,
        ).join(''),
      () => ':::{note-to-instructor}\n'.repeat(depth) + inner + '\n:::'.repeat(this.below(depth)),
      () =>
        `|${'a|'.repeat(this.count(300))}\n|${'-|'.repeat(this.count(300))}\n${'|\n'.repeat(this.count(900))}`,
      () =>
        this.one([
          '# same\n',
          '# same\n\n',
          '## A $x$\n',
          'same\n===\n',
          '[a]: b\n',
          '- a\n',
          '1. a\n\n',
          'a\n\n',
          '- [x] a\n',
        ]).repeat(depth),
    ])();
  }

  block(): string {
    const piece = this.one([
      () => this.link(),
      () => this.one(scripts),
      () => this.noise(),
      () => `$${this.tex()}$`,
    ])();
    return this.one([
      () => piece,
      () => this.one(scripts),
      () => this.link(),
      () => `$$\n${this.tex()}\n$$`,
      () => `$${this.tex()}$`,
      () => this.nested(),
      () => `# ${piece}`,
      () => `- ${piece}\n  - ${this.link()}`,
      () => `> ${piece}`,
      () => `| a | b |\n|---|:-:|\n| ${piece.replaceAll('\n', ' ')} | ${this.link()} |`,
      () => `\`\`\`${this.one(['{model} ', '{plot} ', 'js', '{'])}${this.noise()}\n${piece}\n\`\`\``,
      () =>
        `\`\`\`{model} ${this.one(['m', 'n', this.one(scripts), '__proto__', 'constructor'])}\n${this.model()}\n\`\`\``,
      () =>
        `:::{${this.one([...directives.keys(), 'x', this.noise()])}} ${this.one(['m', 'n', '__proto__', this.one(scripts)])}\n${this.one(['', 'frames: 2', 'frames: 1e9', `frames: ${this.noise()}`, `x: ${this.one(scripts)}`])}\n${this.one(['', piece])}\n${this.one([':::', '', '::::'])}`,
      () =>
        `{${this.one([...roles.keys(), 'x', 'script'])}}\`${this.one(['m', 'n', this.noise()])}${this.one([':', '@', '/full:', '@99999999999:', '@backward.'])}${this.one(['y', 'w[1]', this.one(scripts), this.noise()])} | ${this.one(['1', '-0.5', '1e999', '0.'.padEnd(this.count(400), '0'), this.one(scripts)])}\``,
    ])();
  }

  model(): string {
    return this.one([
      () =>
        `given x = [1, 2]\nparam w = [0.5, 0.25]\nforward\n  y = sum(i: w[i]*x[i])\nupdate\n  w[i] <- w[i] - 0.1*dy/dw[i]\nwrite y as ${this.tex().replaceAll('\n', ' ').slice(0, 3_000)}`,
      () =>
        `forward\n  y = 1 + 1\nwrite y as ${this.one(['\\href{javascript:1}{x}', 'x^{'.repeat(this.count(200)), '\\htmlStyle{a:b}{x}', '"><script>ran=1</script>'])}\nsay y as "${this.one(scripts).replaceAll('"', "'")}"`,
      () => `given x = 1 # ${this.one(scripts)}\nforward\n  y = x + ${this.noise().replaceAll('\n', ' ')}`,
      () => `${this.one(scripts)}\n${this.noise()}`,
    ])();
  }

  frontMatter(): string {
    const value = (): string =>
      this.one([
        () => this.one(scripts),
        () => this.noise().replaceAll('\n', ' '),
        () => this.link().replaceAll('\n', ' '),
        () => 'A',
      ])();
    return `---\n${this.many(3, () => `${this.one(['title', 'deck', 'description', 'x', '__proto__'])}: ${value()}\n`)}${this.one(['---\n', '---\n', '---\n', ''])}`;
  }

  /** A lesson of the course with parts removed and attacks inserted. */
  spoilt(): string {
    let text = this.one(lessons);
    for (let times = this.count(8); times > 0; times--) {
      const at = this.below(text.length);
      text =
        text.slice(0, at) +
        this.one([() => this.block(), () => this.noise(), () => this.one(signs)])() +
        text.slice(at + this.below(60));
    }
    return text;
  }

  lesson(): string {
    const text =
      this.below(12) === 0
        ? this.spoilt()
        : (this.below(4) === 0 ? this.frontMatter() : '') +
          Array.from({ length: this.count(10) + 1 }, () => this.block()).join(
            this.one(['\n\n', '\n', '\n\n', ' ']),
          );
    return (
      this.one(['', '', '', '\ufeff']) +
      (this.below(12) === 0 ? text.replaceAll('\n', this.one(['\r\n', '\r'])) : text)
    );
  }
}

/** The Markdown of a seed's hostile lesson; the same for the same seed. */
export const hostileLesson = (seed: number): string => new Drawing(seed).lesson();
