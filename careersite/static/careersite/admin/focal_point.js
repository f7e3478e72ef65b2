// The focal point of a picture, set on the picture; the two number fields hold it.

const box = document.querySelector(".focal-point");
const file = document.querySelector("input[type=file]");
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LONGEST = 960; // pixels of the picture that stands for a file before it is uploaded

if (box) begin();

function begin() {
  const numbers = ["x", "y"].map((axis) => document.querySelector(`#id_focal_${axis}`));
  if (numbers.includes(null)) return; // shown to somebody who may not change it
  const [whole, crop] = box.querySelectorAll("img");
  const marker = box.querySelector(".focal-marker");

  const values = () => numbers.map((each) => Math.min(100, Math.max(0, Math.round(Number(each.value)) || 0)));

  function draw() {
    const [x, y] = values();
    marker.style.insetInlineStart = `${x}%`;
    marker.style.insetBlockStart = `${y}%`;
    crop.style.objectPosition = `${x}% ${y}%`;
    box.querySelector("[role=status]").textContent = `${x}% from the left, ${y}% from the top`;
  }

  function set(point) {
    numbers.forEach((each, axis) => {
      each.value = Math.min(100, Math.max(0, Math.round(point[axis])));
      each.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function show(address) {
    whole.src = crop.src = address;
    box.hidden = false;
    document.querySelector(".focal-missing").hidden = true;
  }

  async function preview(chosen) {
    tell(chosen && chosen.size > Number(file.dataset.most) ? tooLarge(chosen) : "");
    if (!chosen) return;
    try {
      const picture = await createImageBitmap(chosen);
      show(shrunk(picture));
      set([50, 50]);
    } catch {
      // No picture that this browser can read: the server says what is wrong with it.
    }
  }

  function tooLarge({ size }) {
    const megabytes = (bytes) => Math.ceil(bytes / 1024 ** 2);
    return `The file has ${megabytes(size)} MB, and at most ${megabytes(file.dataset.most)} MB are taken. Choose another.`;
  }

  function tell(message) {
    const place = file.parentElement.querySelector(".file-message") ?? document.createElement("p");
    place.className = "errornote file-message";
    place.role = "alert";
    place.textContent = message;
    place.hidden = !message;
    file.after(place);
  }

  numbers.forEach((each) => each.addEventListener("input", draw));
  marker.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 1;
    set(values().map((value, axis) => value + step[axis] * size));
  });
  whole.addEventListener("click", ({ offsetX, offsetY }) => {
    set([(offsetX / whole.clientWidth) * 100, (offsetY / whole.clientHeight) * 100]);
    marker.focus();
  });
  file?.addEventListener("change", () => preview(file.files[0]));
  if (whole.hasAttribute("src")) show(whole.src);
  draw();
}

function shrunk(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, picture.width * scale);
  canvas.height = Math.max(1, picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/webp", 0.8);
}
