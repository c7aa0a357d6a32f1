"""How what ships as weights was made. Imports anything; nothing imports it."""
