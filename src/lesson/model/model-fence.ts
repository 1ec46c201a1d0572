import type { Marked, Token, Tokens } from 'marked';
import type { Tables } from '../../formula/compile/tables.ts';
import { isModelName } from '../../session/links/place.ts';
import { Findings } from '../markdown/finding.ts';
import { readFrontMatter } from '../markdown/front-matter.ts';
import { markdownTokens } from '../markdown/lexer.ts';
import { type Locations, locate } from '../markdown/location.ts';
import { lessonMarkdown } from '../markdown/markdown.ts';
import { MarkdownSource, unshield } from '../markdown/source.ts';
import { LessonModel } from './model.ts';

/** The name of a model that has been given none. */
const onlyModel = 'model';

/** Whether a code block is a model: its fence begins with ```` ```{model} ````. */
export const isModelFence = ({ lang }: Pick<Tokens.Code, 'lang'>): boolean => /^\{model\}/.test(lang ?? '');

/**
 * Compiles the models of a lesson, between ```` ```{model} id ```` and ```` ``` ````, by their names (`model` if none is
 * given), in the order of the lesson. Their diagnostics are added to `findings`; one with errors is among them all the same,
 * one with a bad or repeated name is reported and left out. `tables`: the data files beside the lesson, by default none.
 */
export function readModels(
  marked: Marked,
  tokens: readonly Token[],
  locations: Locations,
  source: MarkdownSource,
  findings: Findings,
  tables?: Tables,
): Map<string, LessonModel> {
  const models = new Map<string, LessonModel>();
  marked.walkTokens([...tokens], (token) => {
    if (token.type !== 'code' || !isModelFence(token as Tokens.Code)) return;
    const { lang, text } = token as Tokens.Code;
    const offset = locations.get(token) ?? 0;
    const { line, column } = source.place(offset);
    const id = (lang as string).slice('{model}'.length).trim() || onlyModel;
    const place = { line, column, length: source.text.slice(offset).search(/\n|$/) };
    const earlier = models.get(id);
    if (!isModelName(id)) {
      findings.error(place, 'model', `${id} is no name for a model; use letters, digits, - and _`);
    } else if (earlier) {
      findings.error(place, 'model', `a model ${id} is already defined in line ${earlier.start.line - 1}`);
    } else {
      // marked takes the fence's own indentation off every line.
      const model = new LessonModel(id, unshield(text), { line: line + 1, column }, tables);
      models.set(id, model);
      for (const diagnostic of model.diagnostics) findings.model(diagnostic, model.start);
    }
  });
  return models;
}

/**
 * The models of any Markdown text by their names, and the findings in them only; nothing is rendered. `path` is for the
 * findings; `tables` are the data files beside it, by default none.
 */
export function modelsIn(
  markdown: string,
  path?: string,
  tables?: Tables,
): { models: Map<string, LessonModel>; findings: Findings } {
  const source = new MarkdownSource(markdown);
  const findings = new Findings(path);
  const marked = lessonMarkdown(() => []);
  const tokens = markdownTokens(marked, readFrontMatter(source.text, new Findings()).body);
  return {
    models: readModels(marked, tokens, locate(marked, tokens, source), source, findings, tables),
    findings,
  };
}
