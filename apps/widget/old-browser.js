// Warns whoever comes with a browser that is too old for what follows, and stops nobody (F-0108). It is told by what the
// browser can do, never by what it calls itself. Nothing here is newer than 2009, or the warning would fail with the rest.
(function () {
  var warning = document.getElementById('old-browser');
  var needs = warning.getAttribute('data-needs').split(' ');
  var each;

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

  function warn() {
    warning.removeAttribute('hidden');
  }

  for (each = 0; each < needs.length; each += 1) if (!has(needs[each])) warn();
  warning.getElementsByTagName('button')[0].onclick = function () {
    warning.setAttribute('hidden', '');
  };
  // A script that cannot even be read.
  window.onerror = function (message) {
    if (/syntax ?error/i.test(String(message))) warn();
  };
})();
