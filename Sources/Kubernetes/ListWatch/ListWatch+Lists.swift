import Platform

extension ListWatch {
    mutating func open(at now: MonotonicTime) {
        guard case .requesting(let step) = phase else { return }
        if step == .watch {
            beginWatch(at: now)
        } else {
            listing.beginPage()
            phase = .reading(step)
        }
    }

    mutating func takeItem(_ unreadable: Unreadable?) {
        guard case .reading = phase else { return }
        guard let unreadable else {
            actions.append(.stage)
            return
        }
        note(unreadable)
        actions.append(unreadable.key.map { .keep($0) } ?? .keepTheRest)
    }

    mutating func note(_ unreadable: Unreadable) {
        statistics.refusedObjects += 1
        check.unreadable += 1
        let name = unreadable.key.map { " \($0)" } ?? ""
        report(
            .error, "\(kind.name)\(name) is left as it was: \(unreadable.problem)")
    }

    /// Goes on after an answer that came to its end.
    mutating func finishAnswer(at now: MonotonicTime) {
        switch phase {
        case .reading where listing.way == .stream:
            breakOff("the list ended before all objects had come", nil, at: now)
        case .reading:
            finishPage(at: now)
        case .watching(let since):
            endCheck()
            if now - since >= ListWatchTimes.soundWatch {
                backoff.reset()
                go(.watch, at: now)
            } else {
                retry(.watch, "the watch ended early", at: now)
            }
        case .requesting:
            breakOff("the answer was empty", nil, at: now)
        case .idle, .waiting: break
        }
    }

    private mutating func finishPage(at now: MonotonicTime) {
        if !listing.finishPage() {
            breakOff("the list does not say its resource version", nil, at: now)
        } else if listing.isMixed {
            listing.forget()
            dropReplacement()
            retry(.list, "the list's pages are of different states", at: now)
        } else if !listing.next.isEmpty {
            go(.page, at: now)
        } else if commit(at: now) {
            go(.watch, at: now)
        }
    }

    /// Puts the list in the place of what was held; false if that would be a step back.
    mutating func commit(at now: MonotonicTime) -> Bool {
        let listed = listing.version
        if listed.isOlder(than: version) {
            let text = "the server is at \(listed.text), \(version.text) was seen before"
            guard listing.isConsistent else {
                listing.comeTooEarly()
                dropReplacement()
                retry(.list, text, at: now)
                return false
            }
            report(.warning, "\(resourceName): \(text): its history has gone back")
        }
        actions.append(.commitReplacement)
        listing = Listing()
        version = listed
        isSynced = true
        return true
    }

    mutating func dropReplacement() {
        guard listing.isOpen else { return }
        listing.drop()
        actions.append(.dropReplacement)
    }
}
