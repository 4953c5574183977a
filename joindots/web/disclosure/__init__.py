"""What leaves for another side: words that never leave, packs for disclosure and their release."""
