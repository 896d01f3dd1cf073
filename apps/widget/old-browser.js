// Warns whoever comes with a browser that is too old for what follows, and stops nobody (F-0108). It is told by what the
// browser can do, never by what it calls itself. Nothing here is newer than 2009, or the warning would fail with the rest.
(function () {
  var warning = document.getElementById('old-browser');
  var needs = warning.getAttribute('data-needs').split(' ');
  var each;
  // The one place of these words: console, panel and the page of an inbox have the same.
  var zh = '此浏览器版本过旧，部分功能可能无法使用。请更新，或改用较新的Chrome、Edge、Firefox或Safari。';
  var en =
    'This browser is too old, so some things may not work. Update it, or use a recent Chrome, Edge, Firefox or Safari.';

  // A getter of a prototype would want an object of its kind: the last name is asked for, not fetched.
  function has(path) {
    var names = path.split('.');
    var last = names.pop();
    var at = window;
    while (names.length > 0) {
      at = at[names.shift()];
      if (!at) return false;
    }
    return last in at;
  }

  function add(name, text, lang) {
    var element = document.createElement(name);
    element.appendChild(document.createTextNode(text));
    if (lang) element.setAttribute('lang', lang);
    warning.appendChild(element);
    return element;
  }

  function warn() {
    if (warning.firstChild) return;
    add('p', zh, 'zh-CN');
    add('p', en, 'en');
    add('button', '知道了 · OK').onclick = function () {
      warning.setAttribute('hidden', '');
    };
    warning.lastChild.setAttribute('type', 'button');
    warning.removeAttribute('hidden');
  }

  for (each = 0; each < needs.length; each += 1) if (!has(needs[each])) warn();
  // A script of ours that cannot even be read; what others put into the page (extensions do) says nothing of the browser.
  window.onerror = function (message, source) {
    var ours = String(source).split(/[?#]/)[0];
    if (ours.indexOf(location.protocol + '//' + location.host + '/') !== 0 || !/\.js$/.test(ours)) return;
    if (/syntax ?error/i.test(String(message))) warn();
  };
})();
