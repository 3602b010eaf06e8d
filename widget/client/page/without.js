// Parameters that a site names are left out of an address before it leaves the page.

/**
 * @param {string} names parted by spaces or commas; `*` stands for any characters
 * @returns {import("./start.js").Clean}
 */
export function without(names) {
  const patterns = names.split(/[\s,]+/).filter(Boolean);
  const words = patterns.map((one) => one.replace(/[^\w*]/g, "\\$&").replaceAll("*", ".*"));
  const named = new RegExp(`^(?:${words.join("|")})$`, "i");
  return (address) => {
    const [before = "", ...parameters] = address.split(/(?=[?#&;])/);
    let kept = before;
    let cutting = ""; // what the parameter began with that is cut
    for (const parameter of parameters) {
      const sign = parameter.charAt(0);
      // A value may have all but these in it; in a path it ends with the path.
      if (!cutting || "&#".includes(sign) || (cutting === ";" && sign === "?")) {
        cutting = named.test(plain(parameter.slice(1).split("=")[0] ?? "")) ? sign : "";
        if ("?#".includes(cutting)) kept += cutting; // others may come after it
      }
      if (!cutting) kept += parameter;
    }
    return kept.replace(/([?#])[&;]+/g, "$1").replace(/[?#]+(?=#|$)/g, "");
  };
}

/** @param {string} name as it stands in an address */
function plain(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // escaped in another way
  }
}
