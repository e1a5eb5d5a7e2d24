import Platform

extension ListWatch {
    mutating func beginWatch(at now: MonotonicTime) {
        phase = .watching(since: now)
        listing = Listing()
        check.begin(at: now, using: &random)
    }

    mutating func take(_ event: ListWatchEvent, at now: MonotonicTime) {
        if case .error(let refusal) = event {
            actions.append(.cancel)
            return refuse(refusal, at: now)
        }
        if event.deletesUnknown { return listAnew(after: event, at: now) }
        switch phase {
        case .reading where listing.way == .stream: takeInitial(event, at: now)
        case .watching: takeNews(event, at: now)
        default: break
        }
    }

    /// Takes in what makes up a list that comes as events.
    private mutating func takeInitial(_ event: ListWatchEvent, at now: MonotonicTime) {
        switch event {
        case .change(.deleted, _, _): actions.append(.unstage)
        case .change(_, _, let unreadable):
            takeItem(unreadable)
        case .bookmark(let version, true):
            endInitial(ResourceVersion(version), at: now)
        case .bookmark(_, false):
            // A server that does not know the parameter goes on with the watch and never ends a list.
            if streams == .untried { doWithoutStreams(at: now, isOpen: true) }
        case .error: break
        }
    }

    private mutating func endInitial(_ version: ResourceVersion, at now: MonotonicTime) {
        guard !version.isEmpty else {
            actions.append(.cancel)
            return breakOff("the list does not say its resource version", nil, at: now)
        }
        streams = .supported
        listing.take(version)
        if listing.version.isOlder(than: self.version), !listing.isConsistent {
            actions.append(.cancel)
        }
        if commit(at: now) { beginWatch(at: now) }
    }

    /// Lists in pages from now on.
    mutating func doWithoutStreams(at now: MonotonicTime, isOpen: Bool) {
        if isOpen { actions.append(.cancel) }
        streams = .unsupported
        dropReplacement()
        go(.list, at: now)
    }

    /// Something was deleted, and only a list can tell what.
    private mutating func listAnew(after event: ListWatchEvent, at now: MonotonicTime) {
        guard refusedStep != nil else { return }
        actions.append(.cancel)
        dropReplacement()
        retry(.list, "a deleted object cannot be read", at: now, .error)
    }

    private mutating func takeNews(_ event: ListWatchEvent, at now: MonotonicTime) {
        switch event {
        case .bookmark(let text, _):
            advance(to: ResourceVersion(text))
            compareIfReached()
        case .change(let change, let text, let unreadable):
            statistics.events += 1
            statistics.lastEvent = now
            let stated = ResourceVersion(text)
            if stated.isCovered(by: version) {
                repeatedEvents += 1
                return
            }
            // What is held now is the state that a check asked about, if this event is past it.
            compareIfPassed(by: stated)
            apply(change, unreadable)
            advance(to: stated)
            compareIfReached()
        case .error: break
        }
    }

    private mutating func apply(_ change: ListWatchEvent.Change, _ unreadable: Unreadable?) {
        check.noteChange(change)
        if change != .deleted, let unreadable { note(unreadable) }
        switch change {
        case .added, .modified: if unreadable == nil { actions.append(.put) }
        case .deleted: actions.append(.delete)
        }
    }

    private mutating func advance(to stated: ResourceVersion) {
        if stated.isEmpty || stated.isOlder(than: version) { return }
        version = stated
        unreadableStreams = 0
    }
}

extension ListWatchEvent {
    /// Whether something was deleted that is not even named.
    fileprivate var deletesUnknown: Bool {
        guard case .change(.deleted, _, let unreadable?) = self else { return false }
        return unreadable.key == nil
    }
}
