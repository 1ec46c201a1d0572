import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { generatorNames } from '../../data/generator.ts';
import { Figures } from '../../explain/figures.ts';
import { sentence } from '../../explain/sentence.ts';
import { domains } from '../../formula/domain.ts';
import { library } from '../../formula/library.ts';
import { calledOperations } from '../../formula/operation.ts';
import { declarations } from '../../formula/parse/declarations.ts';
import { phases } from '../../formula/statement.ts';
import { directives } from '../../lesson/directives/directives.ts';
import { renderLesson } from '../../lesson/lesson.ts';
import { readers } from '../../lesson/markdown/front-matter-keys.ts';
import { roles } from '../../lesson/roles/roles.ts';
import { elementsOf } from '../../lesson/testing/page-faults.testing.ts';
import { Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { activations } from '../../network/activation.ts';
import { layerKinds } from '../../network/layer-kinds.ts';
import { losses } from '../../network/loss.ts';
import { keywords } from '../../network/shorthand.ts';
import { initializers, optimizers, penalties, schedules } from '../../network/training.ts';
import { modelPicture } from '../pictures/model-picture.ts';
import { tried, tryStatements } from './statements.testing.ts';

/** Everything that has a name in the language and in lessons. */
const names: readonly string[] = [
  ...[...declarations, ...phases, ...keywords, ...Object.keys(domains), ...generatorNames],
  ...[...calledOperations, ...[...library.matchAll(/^function (\w+)/gm)].map(([, name]) => name)],
  ...[layerKinds, optimizers, schedules, initializers, penalties, readers].flatMap((one) => Object.keys(one)),
  ...[...activations, ...directives.keys(), ...roles.keys()],
  // A fused loss is a loss with a word before it.
  ...Object.keys(losses).map((name) => name.replace(/^fused /, '')),
];

tryStatements('90-the-formula-language.md', '', {
  tried: [
    [
      'Everything you see in the debugger, from the drawing to the spoken sentence, is a reading of these lines',
      () => {
        const read = (lines: string) => {
          const { program } = tried(lines);
          const moment = new Moment(new Machine(program, 'lesson'), 1);
          return {
            circles: modelPicture(program)?.match(/<circle/g)?.length,
            said: sentence(moment, new Figures(program.model, 'lesson')),
          };
        };
        const two = read('given x = [3, 2]\nparam w = [5, -1]\nforward\n  y = sum(i: w[i] * x[i])');
        expect(two.circles).toBe(3);
        expect(two.said).toMatch(/^15, .*\bw 1, 5, times x 1, 3\.$/);
        const three = read('given x = [3, 2, 4]\nparam v = [7, -1, 6]\nforward\n  y = sum(i: v[i] * x[i])');
        expect(three.circles).toBe(4);
        expect(three.said).toMatch(/^21, .*\bv 1, 7, times x 1, 3\.$/);
      },
    ],
    [
      'there is no second description of the network anywhere',
      () => {
        const lines = 'given x = [3, 2]\nparam w = [5, -1]\nforward\n  y = sum(i: w[i] * x[i])';
        const { html } = renderLesson(`\`\`\`{model} m\n${lines}\n\`\`\`\n\n:::{debugger} m\n:::`);
        // The page gives the debugger the name of the lines and nothing else, and a lesson has no other way to say something of it.
        expect(elementsOf(html, 'back-step')).toEqual([{ model: 'm' }]);
        expect(directives.get('debugger')?.options).toEqual(['frames']);
      },
    ],
    [
      'This page lists all of them',
      () => {
        const page = readFileSync('lessons/90-the-formula-language.md', 'utf8');
        const isListed = (name: string) => new RegExp(`(?<![\\p{L}])${name}(?![\\p{L}])`, 'u').test(page);
        expect(names.length).toBeGreaterThan(80);
        expect(names.filter((name) => !isListed(name))).toEqual([]);
      },
    ],
  ],
  claimNothing: ['A model is a short text of indexed formulas.'],
});
