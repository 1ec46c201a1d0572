import { claimingAll } from './claiming.testing.ts';
import { describeGrammar } from './grammar.testing.ts';
import { longModel } from './long-lines.testing.ts';
import { exportCases } from './python.testing.ts';

describeGrammar([
  ...exportCases,
  ...exportCases.map(({ name, text }) => ({ name: `${name}, all claimed`, text: claimingAll(text) })),
  ...Array.from({ length: 60 }, (_, at) => longModel(at + 1)),
]);
