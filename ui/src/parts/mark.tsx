// The badge on its lanyard.

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M6 1.5 10 7l4-5.5" />
      <rect x="4" y="7" width="12" height="11.5" rx="2.2" />
      <circle cx="10" cy="12" r="1.7" />
      <path d="M7.2 16.2c.6-1.2 1.6-1.7 2.8-1.7s2.2.5 2.8 1.7" />
    </svg>
  );
}
