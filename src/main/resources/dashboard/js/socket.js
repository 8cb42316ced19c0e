// What lasts comes over WebSockets: of other connections a browser has six for a server, for all tabs together.

const ENDED = 1000;

/** A socket that opens to a path of this server. */
function socketTo(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  return socket;
}

/**
 * Reads an answer as it comes, and calls with each piece of its text.
 *
 * @returns { came, whole }; nothing comes where a proxy knows no WebSockets, or where there is a reason, which a request is told
 */
export function read(path, signal, each) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = socketTo(path);
    const decoder = new TextDecoder();
    const give = (failure) => {
      signal.removeEventListener('abort', stop);
      socket.close();
      reject(failure);
    };
    const stop = () => give(signal.reason);
    signal.addEventListener('abort', stop);
    let came = false;
    socket.onmessage = ({ data }) => {
      came = true;
      try {
        each(decoder.decode(data, { stream: true }));
      } catch (failure) {
        give(failure);
      }
    };
    socket.onclose = ({ code }) => {
      signal.removeEventListener('abort', stop);
      resolve({ came, whole: code === ENDED });
    };
  });
}
