/**
 * The one script: it shows the buttons that copy an address, and nothing else. No page needs it.
 */

export const SCRIPT = `const say = (button, text) => {
  button.textContent = text
  setTimeout(() => { button.textContent = button.dataset.label }, 2000)
}
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.dataset.label = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      say(button, button.dataset.copied)
    } catch {
      getSelection().selectAllChildren(button.closest('li').querySelector('code'))
      say(button, button.dataset.press)
    }
  })
}
`
