import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HtmlTagDescriptor, normalizePath, type Plugin, type ViteDevServer } from 'vite';
import { dataFolder } from '../lesson/directives/debugger.ts';
import { findingLine } from '../lesson/markdown/finding.ts';
import { renamedClasses, renamedRules, shortNames, styleSheet } from '../lesson/markdown/style-class.ts';
import { chunkGroups, debuggerLinks } from './chunks.ts';
import { type CourseLesson, readCourse } from './course.ts';
import { lessonDocument, stylePath } from './document.ts';
import { indexDemo, indexDocument } from './index-page.ts';
import { contentPolicyOf } from './settings/content-policy.ts';
import { settingsBeside } from './settings/course-file.ts';

/**
 * The site as a Vite plugin: every lesson in `lessons/` is a page, `/` lists them. The pages exist only in memory, in
 * development and in the build alike. Findings are warnings; the build fails where one is an error.
 */
export function site(): Plugin {
  let root = process.cwd();
  let builds = false;
  let course: CourseLesson[] | undefined;

  const read = (): CourseLesson[] => {
    course ??= readCourse(root);
    return course;
  };
  /** The classes of all pages' formulas, with their short names; made anew with the course. */
  const classesOf = new WeakMap<readonly CourseLesson[], ReturnType<typeof classesIn>>();
  const classes = (): ReturnType<typeof classesIn> => {
    const lessons = read();
    const found = classesOf.get(lessons) ?? classesIn(lessons);
    classesOf.set(lessons, found);
    return found;
  };
  const styles = (): string => styleSheet(renamedRules(classes().rules, classes().names));
  const files = (): Set<string> => new Set(read().flatMap(({ lesson }) => lesson.files));
  const fileBytes = (name: string): Buffer => readFileSync(join(root, 'lessons', name));
  const written = (name: string): string | undefined => {
    if (name === 'index') return indexDocument(read());
    const at = read().findIndex((lesson) => lesson.name === name);
    return at < 0 ? undefined : lessonDocument(read(), at);
  };
  const document = (name: string): string | undefined => {
    const html = written(name);
    return html && renamedClasses(html, classes().names);
  };
  /** The page for a file of the root that exists only in memory; undefined if there is none. */
  const pageOf = (id: string): string | undefined => {
    const found = /^(.*)\/([^/]+)\.html$/.exec(normalizePath(id));
    return found?.[1] === normalizePath(root) ? document(decodeURIComponent(found[2])) : undefined;
  };

  return {
    name: 'backstep-site',
    config(config, { command }) {
      root = config.root ?? root;
      builds = command === 'build';
      const names = ['index', ...read().map(({ name }) => name)];
      const input = Object.fromEntries(names.map((name) => [name, join(root, `${name}.html`)]));
      const output = { codeSplitting: { groups: chunkGroups } };
      return { build: { rolldownOptions: { input, output } }, appType: 'mpa' };
    },
    buildStart() {
      course = undefined;
      const findings = read().flatMap(({ lesson }) => lesson.diagnostics);
      for (const finding of findings) this.warn(findingLine(finding));
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (builds && errors.length > 0) this.error(`${errors.length} errors in the lessons, told above`);
    },
    resolveId(id) {
      if (id === stylePath) return stylePath;
      return pageOf(id) === undefined ? undefined : normalizePath(id);
    },
    generateBundle() {
      // Under their own names, without a hash: a debugger fetches them by name.
      for (const name of files())
        this.emitFile({ type: 'asset', fileName: dataFolder + name, source: fileBytes(name) });
    },
    load(id) {
      return id === stylePath ? styles() : pageOf(id);
    },
    transform: {
      order: 'pre',
      filter: { id: /katex[^/]*\.css(\?|$)/ },
      // Every browser that runs these pages reads woff2; the two older formats would be shipped for nothing.
      handler: (code) => code.replace(/,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\([^)]+\)/g, ''),
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => ({
        // With this attribute, no stylesheet would load from a folder on disk.
        html: html.replace(/(<(?:link|script)\b[^>]*?) crossorigin(?=[ >])/g, '$1'),
        // In development the server puts scripts and styles into the page, which the policy would forbid.
        tags: bundle
          ? [
              policyTag(contentPolicyOf(settingsBeside(join(root, 'lessons')))),
              ...(/<back-step\b/.test(html) ? debuggerLinks(bundle) : []),
            ]
          : [],
      }),
    },
    configureServer(server) {
      watch(server, () => {
        course = undefined;
      });
      server.middlewares.use(async (request, response, next) => {
        const path = (request.originalUrl ?? '/').replace(/[?#].*$/, '');
        if (path === stylePath) {
          response.setHeader('Content-Type', 'text/css');
          response.end(styles());
          return;
        }
        if (path.startsWith(`/${dataFolder}`) && files().has(path.slice(dataFolder.length + 1))) {
          response.setHeader('Content-Type', 'application/octet-stream');
          response.end(fileBytes(path.slice(dataFolder.length + 1)));
          return;
        }
        const name = path === '/' ? 'index' : /^\/([^/]+)\.html$/.exec(path)?.[1];
        const html = name && document(decodeURIComponent(name));
        if (!html) return next();
        response.setHeader('Content-Type', 'text/html');
        response.end(await server.transformIndexHtml(path, html));
      });
    },
  };
}

/** The rules of the classes in all formulas of a course's pages, and a short name for each. */
function classesIn(lessons: readonly CourseLesson[]) {
  const demo = indexDemo(lessons)?.styles ?? [];
  const rules = new Map([...lessons.flatMap(({ lesson }) => [...lesson.styles]), ...demo]);
  return { rules, names: shortNames(rules) };
}

/** At the head's beginning: it holds for what follows. */
const policyTag = (content: string): HtmlTagDescriptor => ({
  tag: 'meta',
  attrs: { 'http-equiv': 'Content-Security-Policy', content },
  injectTo: 'head-prepend',
});

/** Reloads pages after a change in the lessons' folder. */
function watch(server: ViteDevServer, forget: () => void): void {
  server.watcher.on('all', (_event, path) => {
    if (!/\/lessons\/[^/]+$/.test(normalizePath(path))) return;
    forget();
    server.ws.send({ type: 'full-reload' });
  });
}
