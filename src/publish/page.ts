/** What a page runs: the elements, only where a lesson has an instrument. Without it the page reads well too. */
const elements = import.meta.glob('/components/register.ts');

if (document.querySelector('back-step') !== null) {
  for (const load of Object.values(elements)) void load();
}
