import Platform

/// What readers note at an answer: how often it was asked for, or that somebody fetches it anew.
struct UseNote: RawRepresentable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(uses: UInt32, last moment: UInt32, isClaimed: Bool = false) {
        rawValue =
            UInt64(moment) << 32 | UInt64(min(uses, Self.mostUses)) << 1 | (isClaimed ? 1 : 0)
    }

    /// The last use, or the claim.
    var moment: UInt32 { UInt32(rawValue >> 32) }
    var uses: UInt32 { UInt32(truncatingIfNeeded: rawValue) >> 1 }
    var isClaimed: Bool { rawValue & 1 != 0 }

    private static var mostUses: UInt32 { UInt32.max >> 1 }

    /// After so many seconds a refresh of which nothing was heard is taken for lost.
    static var patience: UInt32 { 10 }
}

extension ReadingSettings {
    /// Whether the answer is to be fetched anew, which only one of those who find it is told.
    @inline(__always)
    func claimRefresh(
        of value: TableValue, _ answer: StoredAnswer, _ age: Age,
        at now: UInt32
    ) -> Bool {
        switch age {
        case .stale: return now >= answer.recheck && claim(value, at: now)
        case .fresh(let since, let left):
            guard let prefetch, prefetch.isUsed(value, at: now), answer.kind != .failure,
                prefetch.isDue(left: left, of: since + left), now >= answer.recheck
            else { return false }
            return claim(value, at: now)
        }
    }

    private func claim(_ value: TableValue, at now: UInt32) -> Bool {
        let note = UseNote(rawValue: value.note)
        if note.isClaimed && now.saturatingSubtract(note.moment) < UseNote.patience {
            return false
        }
        let claimed = UseNote(uses: note.uses, last: now, isClaimed: true)
        return value.exchangeNote(note.rawValue, for: claimed.rawValue)
    }
}

extension CacheSettings.Prefetch {
    /// Counts a use, and says whether there were enough of them.
    fileprivate func isUsed(_ value: TableValue, at now: UInt32) -> Bool {
        let note = UseNote(rawValue: value.note)
        if note.isClaimed { return true }
        let isApart = now.saturatingSubtract(note.moment) > gap
        let uses = isApart ? 1 : min(note.uses + 1, max(amount, 1))
        let counted = UseNote(uses: uses, last: now)
        // A count that loses a race is one use short; an answer in constant use is not written to.
        if counted.rawValue != note.rawValue {
            _ = value.exchangeNote(note.rawValue, for: counted.rawValue)
        }
        return uses >= amount
    }

    fileprivate func isDue(left: UInt32, of whole: UInt32) -> Bool {
        // Rounded up, so that there is such a time for the shortest of lives.
        UInt64(left) <= (UInt64(whole) * UInt64(percentage) + 99) / 100
    }
}
