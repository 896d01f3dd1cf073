// Chooses the language before the chat's loader reads it from the page.
const english = new URLSearchParams(location.search).get('lang') === 'en';
document.documentElement.lang = english ? 'en' : 'zh-CN';
addEventListener('DOMContentLoaded', () => {
  const key = english ? 'en' : 'zh';
  for (const element of document.querySelectorAll('[data-zh]')) element.textContent = element.dataset[key];
  for (const element of document.querySelectorAll('[data-zh-label]')) {
    element.setAttribute('aria-label', element.dataset[`${key}Label`]);
  }
  document.title = english ? 'Qingchuan Store' : '晴川商店';
});
