/**
 * The one script: it shows the buttons that copy an address, and nothing else. No page needs it.
 */

export const SCRIPT = `for (const button of document.querySelectorAll('button[data-copy]')) {
  const { textContent, ariaLabel } = button
  const say = (text) => {
    Object.assign(button, { textContent: text, ariaLabel: null })
    setTimeout(() => Object.assign(button, { textContent, ariaLabel }), 2000)
  }
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      say(button.dataset.copied)
    } catch {
      getSelection().selectAllChildren(button.closest('li').querySelector('code'))
      say(button.dataset.press)
    }
  })
}
`
