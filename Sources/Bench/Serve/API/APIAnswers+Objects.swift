import Kubernetes

extension APIAnswers {
    func list(
        _ kind: Kind, _ asked: APIRequest, _ outlet: Outlet
    ) throws(ObjectError) -> Outcome {
        guard let selection = asked.selection else {
            try refuse(400, "BadRequest", asked, outlet)
            return .answered
        }
        let continuation = asked["continue"].flatMap(Continuation.init)
        let limit = asked["limit"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let page = try objects.change { state throws(ObjectError) in
            try state.page(of: kind, selection, asked.format, limit: limit, after: continuation)
        }
        guard let page else {
            try refuse(410, "Expired", asked, outlet)
            return .answered
        }
        let body = try asked.format.list(of: kind, page.items, page.meta)
        outlet.send(HTTPAnswer.whole(200, asked.format.contentType, body))
        return .answered
    }

    func watch(
        _ kind: Kind, _ asked: APIRequest, _ outlet: Outlet
    ) throws(ObjectError) -> Outcome {
        let isStream = asked.isSet("sendInitialEvents")
        guard let selection = asked.selection, !isStream || asked.streamsLists else {
            // As servers say that have no streaming lists.
            try refuse(422, "Invalid", asked, outlet)
            return .answered
        }
        let watch = ServedWatch(
            kind: kind, selection: selection, format: asked.format, outlet: outlet)
        outlet.send(HTTPAnswer.opening(asked.format.contentType + ";stream=watch"))
        let isKnown = try objects.change { state throws(ObjectError) in
            if let version = asked["resourceVersion"].flatMap({ UInt64($0) }), version > 0,
                !isStream
            {
                return try state.add(watch, after: version)
            }
            try state.addFromBeginning(watch, isMarked: isStream)
            return true
        }
        guard isKnown else {
            watch.tell(try asked.format.event(error: ServerStatus(410, "Expired")))
            outlet.send(HTTPAnswer.end)
            return .answered
        }
        return .watches(asked["timeoutSeconds"].flatMap { Int($0) })
    }
}
