/** The script of every page: it loads the elements where a lesson has an instrument. Pages can be read without it. */
const elements = import.meta.glob('/components/register.ts');

if (document.querySelector('back-step') !== null) {
  for (const load of Object.values(elements)) void load();
}

void import('./arrival.ts');

// A reload keeps the place that the page's address names, which the bare link in a debugger that has not started cannot.
document.addEventListener('click', (event) => {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('.unstarted a') === null) return;
  event.preventDefault();
  location.reload();
});
