/** What a page runs: the elements, only where a lesson has an instrument. Without it the page reads well too. */
const elements = import.meta.glob('/components/register.ts');

if (document.querySelector('back-step') !== null) {
  for (const load of Object.values(elements)) void load();
}

// A reload keeps the place that the page's address names, which the bare link in a debugger that has not started cannot.
document.addEventListener('click', (event) => {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('.unstarted a') === null) return;
  event.preventDefault();
  location.reload();
});
