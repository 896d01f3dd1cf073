// Loaded into the product by a test: SIGUSR2 makes it fail as an unexpected error would, with a person's words in the
// error's message, as JSON.parse and database drivers put them there.
process.on('SIGUSR2', () => {
  const error = new SyntaxError(`Unexpected token in "${process.env.CRASH_WITH}"`, { cause: process.env.CRASH_WITH });
  setImmediate(() => Promise.reject(error));
});
