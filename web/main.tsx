import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { answers } from './client/useAnswer.ts'
import { listen } from './client/useNews.ts'
import { Page } from './pages/Page.tsx'
import { Shell } from './parts/Shell.tsx'
import { apply } from './parts/useTheme.ts'

apply()
listen()
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={answers}>
      <Shell>
        <Page />
      </Shell>
    </QueryClientProvider>
  </StrictMode>,
)
