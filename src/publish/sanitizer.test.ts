import { readdirSync, readFileSync } from 'node:fs';
import { parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { renderLesson } from '../lesson/lesson.ts';
import { pageFaults } from '../lesson/testing/page-faults.testing.ts';
import { tablesBeside } from './lesson-data.ts';
import { cleanLesson, sanitized } from './sanitizer.ts';

const tables = tablesBeside('lessons');
const lessons = readdirSync('lessons').filter((file) => file.endsWith('.md'));
const tree = (html: string): string => serialize(parseFragment(html));

describe('the second wall', () => {
  it.each(lessons)('takes nothing from %s', (file) => {
    const { html } = renderLesson(readFileSync(`lessons/${file}`, 'utf8'), { tables });
    const clean = sanitized(html);
    expect(clean.removed).toBeUndefined();
    expect(tree(clean.html)).toBe(tree(html));
    expect(pageFaults(clean.html)).toEqual([]);
  });

  it('takes nothing from all that Markdown and KaTeX make', () => {
    const { html, diagnostics } = renderLesson(everyConstruct);
    expect(diagnostics).toEqual([]);
    const clean = sanitized(html);
    expect(clean.removed).toBeUndefined();
    expect(tree(clean.html)).toBe(tree(html));
    expect(pageFaults(clean.html)).toEqual([]);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src="./a.png" onerror="alert(1)">',
    '<img src=x onerror=alert(1) x</p>',
    '<p style="color:red">x</p>',
    '<p STYLE="color:red">x</p>',
    '<P ONCLICK="x()">x</P>',
    '<iframe src="./a.html"></iframe>',
    '<iframe srcdoc="&lt;script>alert(1)&lt;/script>"></iframe>',
    '<object data="a"></object>',
    '<embed src="a">',
    '<form action="/x"><button>x</button></form>',
    '<input type="text">',
    '<base href="https://elsewhere.example">',
    '<meta http-equiv="refresh" content="0;url=https://elsewhere.example">',
    '<link rel="stylesheet" href="a.css">',
    '<style>p{}</style>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java&Tab;script:alert(1)">x</a>',
    '<a href="&#x01;javascript:alert(1)">x</a>',
    '<a href="data&colon;text/html,x">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="//elsewhere.example">x</a>',
    '<a href="./a.html" target="_top" ping="/x">x</a>',
    '<img src="https://elsewhere.example/a.png">',
    '<img src="./a.png" srcset="https://elsewhere.example/a.png 2x">',
    '<svg><script>alert(1)</script></svg>',
    '<svg><a xlink:href="javascript:alert(1)"><path d="M0"/></a></svg>',
    '<svg><animate attributeName="href" values="javascript:alert(1)"/></svg>',
    '<svg><use href="#a"/></svg>',
    '<svg><foreignObject><p>x</p></foreignObject></svg>',
    '<svg onload="alert(1)"></svg>',
    '<math href="javascript:alert(1)"><mi>x</mi></math>',
    '<math><annotation-xml encoding="text/html"><img src="./a.png"></annotation-xml></math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<template data-compiled><script>alert(1)</script></template>',
    '<template><img src=x onerror=alert(1)></template>',
    '<video src="a"></video>',
    '<slot></slot>',
    '<x-element></x-element>',
    '<xmp><script>alert(1)</script></xmp>',
    '<textarea><img src=x onerror=alert(1)></textarea>',
    '<title></title><img src=x onerror=alert(1)>',
    '<plaintext>',
    '<p is="x-element">x</p>',
  ])('takes out %s, and says so', (piece) => {
    const lesson = renderLesson('# A\n\nb');
    const clean = cleanLesson({ ...lesson, html: lesson.html.replace('b', `b${piece}`) }, 'a.md');
    expect(pageFaults(clean.html)).toEqual([]);
    expect(clean.html).toContain('<h1 id="a">A</h1>');
    expect(clean.diagnostics).toMatchObject([{ path: 'a.md', rule: 'html', severity: 'error' }]);
    expect(clean.diagnostics[0].message).toContain('taken out');
  });
});

const everyConstruct = `# One *two* \`three\`

3. a [link](https://e.org "t"), <a@b.org>, https://e.org, ![p](./p.png "t"), ~~no~~, [](), a\\
   break
   - [x] done
   - [ ] not

> quoted

---

| a | b | c |
|:--|:-:|--:|
| 1 | 2 | 3 |

    code

$\\sqrt[3]{x}$ $\\overbrace{x}^{y}$ $\\widehat{xyz}$ $\\cancel{x}$ $\\xrightarrow[a]{b}$ $\\color{red}{x}$ $\\colorbox{red}{x}$ $\\fbox{x}$
$\\left\\{\\begin{matrix}a&b\\\\c&d\\end{matrix}\\right.$ $\\phantom{x}\\smash{y}\\raisebox{1em}{z}$ $\\rule{1em}{1em}$ $\\text{a b}$ $\\mathbb{R}\\mathcal{L}\\mathbf{x}$
$\\sum_{i=1}^n\\int\\limits_a^b$ $\\not=\\hspace{1em}\\kern1em$ $\\begin{array}{|c|c|}\\hline a&b\\\\\\hline\\end{array}$ $\\underbrace{x}_{y}\\overline{z}$
$\\begin{cases}a&b\\end{cases}$ $\\binom{n}{k}\\genfrac(]{0pt}{0}{a}{b}$ $\\operatorname*{arg\\,max}_x$ $\\textcolor{#ff0000}{x}\\tiny x\\Huge y$ $\\boxed{x}\\bcancel{z}$
$\\mathop{\\rm lim}\\mathchoice{a}{b}{c}{d}$ $x''^2_3\\prime$ $\\bigl(\\Bigr)$ $\\vcenter{x}\\hbox{y}$ $\\verb|a b|$

$$
\\begin{align}a&=b\\\\&=c\\end{align}
$$

$$
\\begin{CD}A@>a>>B\\\\@VbVV@AAcA\\\\C@=D\\end{CD}
$$

$$
\\begin{gathered}a\\\\b\\end{gathered}\\tag*{hi}
$$

\`\`\`ts
code
\`\`\`

:::{note-to-instructor}
inner
:::

\`\`\`{model} m
layers: 2 -> 2 sigmoid -> 1
loss: squared error
optimizer: sgd 0.1
given x = [1, 2]
given t = [1]
\`\`\`

:::{debugger} m
frames: 2
:::

:::{formulas} m
:::
`;
