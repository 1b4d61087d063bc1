// Comfort for browsers that run scripts. Every page works without this file.
"use strict";

// In a block: a page that replaces this one in the same window runs the file again.
{
  const say = (vi, en) => (document.documentElement.lang === "en" ? en : vi);
  const clock = () => new Date().toTimeString().slice(0, 5);

  // What is wrong is read out first.
  document.querySelector(".summary")?.focus();

  // Autosave ---------------------------------------------------------------------------------------
  // <form data-autosave="/address"> sends what is typed a moment after typing stops. Until the server has confirmed it,
  // a copy stays in this browser and is offered again when the page is opened anew.

  const textOf = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(pairs);
  };

  const copyOf = (form) => {
    const pairs = textOf(form);
    pairs.delete("csrf");
    pairs.delete("_read");
    // A tick that confirms is asked for by a later page and is no text.
    for (const name of [...pairs.keys()]) if (name.startsWith("confirmed.")) pairs.delete(name);
    return pairs.toString();
  };

  // A copy goes with the marks of what its page had read, so that what was changed elsewhere is not undone by it.
  const withMarks = (form, text) => (form.elements._read ? `${text}&_read=${encodeURIComponent(form.elements._read.value)}` : text);
  const withoutMarks = (text) => text.replace(/&_read=[^&]*$/, "");

  const fillIn = (form, text) => {
    const typed = new URLSearchParams(text);
    for (const input of form.elements) {
      if (!input.name || ["hidden", "file", "submit", "button"].includes(input.type)) continue;
      const values = typed.getAll(input.name);
      if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
      else if (values.length) input.value = values[0];
    }
    if (typed.has("_read") && form.elements._read) form.elements._read.value = typed.get("_read");
  };

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const address = form.dataset.autosave;
    const key = `typed ${address}`;
    const status = form.querySelector(".saved");
    const tell = (text) => status && (status.textContent = text);
    let timer = 0;
    let running = false;
    let again = false;
    let pressed = null;

    const save = async () => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      const sent = copyOf(form);
      try {
        const answer = await fetch(address, {
          method: "POST",
          body: textOf(form),
          headers: { Accept: "application/json" },
          redirect: "manual",
          signal: AbortSignal.timeout(15000),
        });
        if (answer.ok) {
          if (answer.status === 200 && form.elements._read) form.elements._read.value = (await answer.json()).read;
          if (withoutMarks(localStorage.getItem(key) ?? "") === sent) localStorage.removeItem(key);
          tell(say(`Đã lưu lúc ${clock()}`, `Saved at ${clock()}`));
        } else if (answer.status === 401 || answer.type === "opaqueredirect") {
          tell(say("Phiên làm việc đã hết. Nội dung vẫn giữ trên máy này; hãy bấm nút gửi để đăng nhập lại.",
            "Your session has ended. Your text is kept on this device; press the button to sign in again."));
        } else if (answer.status === 409) {
          tell(say("Chưa lưu: có mục vừa được sửa ở cửa sổ khác. Hãy bấm nút lưu để chọn nội dung đúng.",
            "Not saved: something has just been changed in another window. Press save to choose what is right."));
        } else {
          tell(say("Chưa lưu được. Nội dung vẫn giữ trên máy này.", "Not saved yet. Your text is kept on this device."));
        }
      } catch {
        tell(say("Mất kết nối. Nội dung vẫn giữ trên máy này và sẽ được lưu khi có mạng.",
          "No connection. Your text is kept on this device and will be saved when you are online."));
        again = true;
      }
      running = false;
      if (pressed) {
        const button = pressed;
        pressed = null;
        form.requestSubmit(button.form ? button : undefined);
        return;
      }
      if (again) {
        again = false;
        timer = setTimeout(save, 5000);
      }
    };

    form.addEventListener("input", (event) => {
      if (event.target.type === "password" || event.target.type === "file") return;
      try {
        localStorage.setItem(key, withMarks(form, copyOf(form)));
      } catch {
        // A full or forbidden store only means that there is no second copy.
      }
      tell(say("Đang chờ lưu…", "Waiting to save…"));
      clearTimeout(timer);
      timer = setTimeout(save, 1200);
    });
    // The copy stays until a page shows that the server has the text: the network may fail right now.
    // What is under way is waited for: two answers to one page would look like two pages.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      again = false;
      if (!running) return;
      event.preventDefault();
      pressed = event.submitter ?? form;
    });

    const kept = localStorage.getItem(key);
    const isHere = kept && withoutMarks(kept) === copyOf(form);
    if (isHere) localStorage.removeItem(key);
    if (kept && !isHere) {
      const offer = document.createElement("div");
      offer.className = "notice waiting offer";
      offer.setAttribute("role", "status");
      const text = document.createElement("span");
      text.textContent = say("Trên máy này còn nội dung bạn đã nhập mà chưa kịp lưu.",
        "This device still has text that you typed and that was not saved.");
      const choice = (label, action) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button plain";
        button.textContent = label;
        button.addEventListener("click", () => {
          action();
          offer.remove();
        });
        return button;
      };
      offer.append(
        text,
        choice(say("Khôi phục", "Restore"), () => {
          fillIn(form, kept);
          save();
        }),
        choice(say("Bỏ qua", "Discard"), () => localStorage.removeItem(key)),
      );
      form.prepend(offer);
    }
  }

  // Copies on a shared computer must not outlive the session of whoever typed them.
  for (const form of document.querySelectorAll("form[action$='/sign-out']")) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith("typed ")) localStorage.removeItem(key);
    });
  }

  // Sending ----------------------------------------------------------------------------------------

  const waitFor = (form) => {
    // A disabled button is not sent, so it is disabled after the form has been put together.
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
  };

  /// Shows how much of a form with files has been sent, then goes where the answer leads.
  const sendWithProgress = (form, submitter) => {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", say("Tiến độ gửi tệp", "Upload progress"));
    const line = document.createElement("p");
    line.className = "quiet";
    line.setAttribute("role", "status");
    form.append(bar, line);

    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round((event.loaded / event.total) * 100);
      line.textContent = say(`Đã gửi ${bar.value} %`, `${bar.value} % sent`);
    });
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== form.action && request.status < 400) {
        location.assign(request.responseURL);
        return;
      }
      history.replaceState(null, "", request.responseURL || form.action);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", () => {
      bar.remove();
      line.className = "error";
      line.textContent = say("Mất kết nối khi đang gửi. Hãy bấm gửi lại.", "The connection was lost. Please send again.");
      form.querySelectorAll("button").forEach((button) => (button.disabled = false));
    });
    request.send(new FormData(form, submitter));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const hasFiles = [...form.elements].some((input) => input.type === "file" && input.files.length > 0);
    if (form.matches("[data-progress]") && hasFiles) {
      event.preventDefault();
      sendWithProgress(form, event.submitter);
    }
    // What opens in another window leaves this page as it is.
    if (event.submitter?.formTarget !== "_blank") waitFor(form);
  });

  // Going back in the history shows the page as it was left, with its buttons still waiting.
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form button:disabled")) button.disabled = false;
  });

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-confirm]");
    if (asked && !confirm(asked.dataset.confirm)) event.preventDefault();
  });

  // Keyboard ---------------------------------------------------------------------------------------
  // An element with data-key="n" is pressed, or entered, by its key when nobody is typing.

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const place = event.target;
    if (event.key === "Escape" && place.matches("input, textarea, select")) {
      place.blur();
      return;
    }
    if (place.isContentEditable || place.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    // A letter with Shift is one of the menu, whatever Caps Lock says.
    const letter = /^[a-z]$/i.test(event.key);
    const pressed = letter ? (event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key;
    const open = document.querySelector("dialog[open]");
    if (open) {
      if (pressed === "?") open.close();
      return;
    }
    const wanted = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === pressed);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input, textarea, select")) wanted.focus();
    else wanted.click();
  });

  // What can be pressed on this page; whoever opens the link in another window reads all of them.
  const nameOf = (element) => {
    const label = element.getAttribute("aria-label") ?? document.querySelector(`label[for="${CSS.escape(element.id || "-")}"]`)?.textContent;
    const text = element.cloneNode(true);
    for (const hint of text.querySelectorAll("kbd")) hint.remove();
    return (label ?? text.textContent ?? "").trim();
  };
  const showKeys = () => {
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    const title = document.createElement("h2");
    title.id = "keys-title";
    title.textContent = say("Phím tắt ở trang này", "Keys of this page");
    const list = document.createElement("dl");
    for (const element of document.querySelectorAll("[data-key]")) {
      const [key, words] = [document.createElement("dt"), document.createElement("dd")];
      const name = element.dataset.key;
      key.textContent = /^[A-Z]$/.test(name) ? `Shift + ${name}` : name;
      words.textContent = nameOf(element);
      list.append(key, words);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button plain";
    close.textContent = say("Đóng (Esc)", "Close (Esc)");
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(title, list, close);
    document.body.append(dialog);
    dialog.showModal();
  };
  document.querySelector("a[data-key='?']")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || typeof HTMLDialogElement === "undefined") return;
    event.preventDefault();
    showKeys();
  });

  // A QR code on paper ---------------------------------------------------------------------------------
  // Its link carries code and secret in the fragment, which no server and no log ever sees.

  const slip = new URLSearchParams(location.hash.slice(1));
  for (const [key, name] of [["ma", "code"], ["khoa", "secret"]]) {
    const input = document.querySelector(`form[action="/tra-cuu"] input[name="${name}"]`);
    if (input && slip.get(key)) input.value = slip.get(key);
  }
  if (slip.get("khoa")) history.replaceState(null, "", location.pathname);
  // The code at an office's door, and the word that makes a browser a device of its hall.
  for (const [key, selector] of [["ma", '[name="code"]'], ["cua", '[name="door"]'], ["ma", '[name="word"]']]) {
    const input = document.querySelector(`form[action^="/quay/"] ${selector}`);
    if (input && slip.get(key)) {
      input.value = slip.get(key);
      history.replaceState(null, "", location.pathname);
    }
  }

  // Queues ---------------------------------------------------------------------------------------------
  // <div data-live="/address"> hears from the server that it is out of date, fetches its page again and takes the
  // same part of it. Nothing is sent but a number; what a page shows is decided when it is fetched.

  const livePart = (text) => new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");

  /// Answers whether the page now shows what the server has; nothing, where somebody was not to be interrupted.
  const renew = (text, isAnswer) => {
    const place = document.querySelector("[data-live]");
    const fresh = livePart(text);
    if (!place || !fresh) return false;
    // Whoever is choosing or typing is not interrupted; the next change comes.
    if (!isAnswer && place.querySelector("select:focus, input:focus, details[open]")) {
      place.dataset.version = "";
      return null;
    }
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    place.replaceChildren(...fresh.childNodes);
    place.dataset.version = fresh.dataset.version;
    if (focused) place.querySelector(`button[value="${CSS.escape(focused)}"]`)?.focus();
    speak();
    ring();
    return true;
  };

  // What could not be asked again is shown as old, with the time until which it was true.
  let heardAt = clock();
  const mark = (isFresh) => {
    const place = document.querySelector("[data-live]");
    const known = document.querySelector(".old-numbers");
    place.classList.toggle("is-old", !isFresh);
    if (isFresh) {
      heardAt = clock();
      known?.remove();
    } else if (!known) {
      const note = document.createElement("p");
      note.className = "notice waiting old-numbers";
      note.setAttribute("role", "status");
      note.textContent = say(`Mất liên lạc với máy chủ. Số liệu dưới đây là của lúc ${heardAt}; trang đang tự nối lại.`,
        `The server cannot be reached. The numbers below are those of ${heardAt}; the page is trying again.`);
      place.before(note);
    }
  };

  let isFetching = false;
  let isOutdated = false;
  /// Answers whether the server could be asked.
  const fetchAgain = async () => {
    if (isFetching) {
      isOutdated = true;
      return true;
    }
    isFetching = true;
    let isFresh = false;
    try {
      const answer = await fetch(location.pathname + location.search, {
        headers: { Accept: "text/html" },
        signal: AbortSignal.timeout(10_000),
      });
      // A device of the hall that was revoked shows the page that says so.
      if (answer.status === 410) return location.reload();
      isFresh = answer.ok && renew(await answer.text());
    } catch {
      // Shown as old, and asked again.
    }
    if (isFresh !== null) mark(isFresh);
    isFetching = false;
    if (isOutdated) {
      isOutdated = false;
      return fetchAgain();
    }
    return isFresh !== false;
  };

  // A browser gives a stream up for ever when a proxy answers in the server's place, and does not notice one that has
  // fallen silent. So it is closed and opened here: soon, then more slowly, and never by all pages at the same moment.
  const follow = (address) => {
    let source = null;
    let failures = 0;
    let wasFresh = true;
    let silence = 0;
    let next = 0;
    const heard = () => {
      clearTimeout(silence);
      // The server says something every fifteen seconds.
      silence = setTimeout(again, 40_000);
    };
    const close = () => {
      clearTimeout(silence);
      clearTimeout(next);
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      source = new EventSource(address);
      source.addEventListener("open", heard);
      source.addEventListener("beat", heard);
      source.addEventListener("change", (event) => {
        heard();
        failures = 0;
        const place = document.querySelector("[data-live]");
        if (place.dataset.version !== event.data || place.classList.contains("is-old")) fetchAgain();
      });
      source.addEventListener("error", again);
      heard();
    };
    const again = async () => {
      close();
      const isFresh = await fetchAgain();
      if (isFresh && !wasFresh) failures = 0;
      wasFresh = isFresh;
      // Where only the stream is refused there are too many, and the page looks now and then instead.
      const longest = isFresh ? 30_000 : 3_000;
      const wait = Math.min(longest, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
      failures += 1;
      clearTimeout(next);
      next = setTimeout(isFresh ? open : again, wait);
    };
    open();
    addEventListener("online", again);
    addEventListener("pagehide", close);
    addEventListener("pageshow", (event) => event.persisted && again());
  };

  const living = document.querySelector("[data-live]");
  // A page about all offices has no stream and looks now and then; while it is not answered, more often.
  if (living && !living.dataset.live) {
    const look = async () => setTimeout(look, (await fetchAgain()) ? 15_000 : 2_000 + Math.random() * 2_000);
    setTimeout(look, 15_000);
  }

  // A ticket that is called rings, shakes the telephone and says so on its window. Browsers allow sound only after
  // somebody has touched the page, so a button asks for that.
  const title = document.title;
  const rung = new Set();
  let sound = null;
  const beep = () => {
    if (!sound) return;
    for (const [start, height] of [[0, 880], [0.25, 1175], [0.5, 880]]) {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      tone.frequency.value = height;
      volume.gain.setValueAtTime(0.4, sound.currentTime + start);
      volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + start + 0.22);
      tone.connect(volume).connect(sound.destination);
      tone.start(sound.currentTime + start);
      tone.stop(sound.currentTime + start + 0.24);
    }
  };
  const ring = () => {
    const call = document.querySelector("[data-called]");
    document.title = call ? call.dataset.window : title;
    if (!call || rung.has(call.dataset.called)) return;
    rung.add(call.dataset.called);
    beep();
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 200, 400, 200, 400]);
  };
  const bell = document.querySelector("[data-bell]");
  if (bell && typeof AudioContext !== "undefined") {
    bell.hidden = false;
    bell.addEventListener("click", () => {
      sound ??= new AudioContext();
      sound.resume();
      beep();
      bell.textContent = say("Chuông đã bật", "The bell is on");
      bell.disabled = true;
    });
  }

  // The display speaks every call once. Browsers allow it only after somebody has pressed a button.
  const spoken = new Set();
  let hasVoice = false;
  const speak = () => {
    if (!document.querySelector("[data-speaks]")) return;
    for (const call of document.querySelectorAll("[data-say]")) {
      if (spoken.has(call.dataset.call)) continue;
      spoken.add(call.dataset.call);
      if (!hasVoice || !call.classList.contains("calling")) continue;
      const words = new SpeechSynthesisUtterance(call.dataset.say);
      words.lang = "vi-VN";
      speechSynthesis.speak(words);
    }
  };
  const voice = document.querySelector("[data-speech]");
  if (voice && "speechSynthesis" in window) {
    voice.hidden = false;
    voice.addEventListener("click", () => {
      hasVoice = true;
      voice.hidden = true;
      const words = new SpeechSynthesisUtterance(say("Đã bật giọng đọc", "The voice is on"));
      words.lang = document.documentElement.lang;
      speechSynthesis.speak(words);
    });
  }
  speak();
  ring();
  if (living?.dataset.live) {
    follow(living.dataset.live);
    // Times move on although nothing happens.
    setInterval(fetchAgain, 60_000);
  }

  // A ticket from the machine is printed once.
  if (document.querySelector("[data-print]")) addEventListener("load", () => print(), { once: true });

  // A counter without a network: what is pressed is kept in order, each with a key of its own, so that sending it twice
  // does it once; and the officer is told plainly.
  const counter = document.querySelector("[data-offline]");
  if (counter) {
    const store = "pressed " + location.pathname;
    const line = counter.querySelector(".offline");
    const kept = () => JSON.parse(localStorage.getItem(store) || "[]");
    const keep = (list) => localStorage.setItem(store, JSON.stringify(list));
    const freshKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const tell = (words) => {
      line.hidden = !words;
      line.textContent = words;
    };
    let isSending = false;

    // A page without a network cannot know whom it has called, but knows what can be pressed next.
    const leads = {
      open: "idle", next: "called", "finish-next": "called", call: "called", recall: "called", begin: "serving",
      finish: "idle", skip: "idle", correct: "idle", transfer: "idle",
    };
    const goOn = (act) => {
      const stage = counter.querySelector(`template[data-stage="${leads[act]}"]`);
      const buttons = stage?.closest("section")?.querySelector(".actions");
      if (!stage || !buttons) return;
      if (leads[act] !== "serving" && act !== "recall") counter.querySelector(".ticket-number").textContent = "–";
      buttons.closest("form").querySelector('[name="visitor"]')?.remove();
      buttons.replaceChildren(stage.content.cloneNode(true));
    };

    const sendAll = async () => {
      if (isSending) return;
      isSending = true;
      while (kept().length) {
        const first = kept()[0];
        try {
          const answer = await fetch(first.path, {
            method: "POST",
            body: new URLSearchParams(first.body),
            headers: { Accept: "text/html" },
          });
          if (new URL(answer.url).pathname.startsWith("/work/sign-in")) {
            tell(say("Phiên làm việc đã hết. Thao tác vẫn giữ trên máy này; hãy đăng nhập lại.",
              "Your session has ended. What you pressed is kept here; please sign in again."));
            break;
          }
          if (answer.status >= 500) throw new Error("unavailable");
          // What was pressed meanwhile stays.
          keep(kept().slice(1));
          renew(await answer.text(), true);
          if (!kept().length) tell("");
        } catch {
          goOn(new URLSearchParams(kept().at(-1).body).get("act"));
          const count = kept().length;
          tell(say(`Mất mạng: ${count} thao tác đang giữ trên máy này, sẽ tự gửi khi có mạng. Có thể gọi miệng và làm tiếp.`,
            `Offline: ${count} actions are kept on this device and will be sent when the network is back. Go on by voice.`));
          break;
        }
      }
      isSending = false;
    };

    document.addEventListener("submit", (event) => {
      if (!counter.contains(event.target) || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      const pairs = [...new FormData(event.target, event.submitter)].filter(([, value]) => typeof value === "string");
      const body = new URLSearchParams(pairs);
      body.set("key", freshKey());
      body.set("pressed", String(Date.now()));
      keep([...kept(), { path: event.target.getAttribute("action"), body: body.toString() }]);
      document.activeElement?.closest("details")?.removeAttribute("open");
      sendAll();
    }, true);
    addEventListener("online", sendAll);
    addEventListener("offline", () => tell(say("Mất mạng. Vẫn bấm được, thao tác sẽ gửi sau.", "Offline. You may go on; what you press is sent later.")));
    setInterval(sendAll, 4000);
    sendAll();
  }
}
