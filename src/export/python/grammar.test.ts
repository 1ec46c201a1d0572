import { claimingAll } from './claiming.testing.ts';
import { describeGrammar } from './grammar.testing.ts';
import { longModels } from './long-lines.testing.ts';
import { exportCases } from './python.testing.ts';

describeGrammar([
  ...exportCases,
  ...exportCases.map(({ name, text }) => ({ name: `${name}, all claimed`, text: claimingAll(text) })),
  ...longModels(60),
]);
