// One question to the server; throws its answer where that is no success.
export async function ask(path, body) {
  const request = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw { error: "The server does not answer. Was it ended? Nothing was saved." };
  }
  const answer = await response.json();
  if (!response.ok) throw { ...answer, status: response.status };
  return answer;
}
