import { section } from '../section.ts';

/** The view of the present formula. */
export const formulaWords = section('formula', {
  formula: 'Formula',
  formulas: 'Formulas',
  wide: 'Part of the formula, wider than its place',
  high: 'The step, higher than its place',
  beforehand: (operations: string) => `before the first of ${operations} operations`,
  operation: (at: string, of: string) => `operation ${at} of ${of}`,
  rule: 'rule',
  ruleHint: 'The formula for any index',
  actions: 'About this number',
  why: 'Why?',
  whatIf: 'What if?',
  watch: 'Watch',
  stopHere: 'Stop here',
});
