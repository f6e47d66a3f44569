"""One module a question: who can be asked (`matching`); rotas, rides and meals come with their rooms."""
