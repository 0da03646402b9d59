using Microsoft.AspNetCore.Components;
using Reports.Tables;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;

namespace Reports.Pages.Definitions;

/// <summary>Every measure with its formula, its numerator and denominator, and where it comes from: straight from the catalogue and the models.</summary>
public static class DefinitionsPage
{
    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var fields = (await request.State.Session.ReadAsync<Field>(FieldSql, cancel: cancel)).ToList();
        return new(request.Say("definitions.page_title", (long)request.Catalog.Measures.Count),
            [Measures(request), Computed(request), Fields(request, fields), Models(request), Dimensions(request)], [.. request.Sources])
        {
            Lead = request.Say("definitions.lead"),
        };
    }

    const string FieldSql = """
        select dim_source.feed_code as "Feed", feed_column.column_name as "Name", feed_column.from_text as "From"
        from raw.feed_column
        join warehouse.dim_source on feed_column.source_key = dim_source.source_key
        where feed_column.record_code = 'task'
        order by dim_source.feed_code, feed_column.column_name
        """;

    static Tile Measures(PageRequest request) => new("measures", request.Say("definitions.measures"))
    {
        Width = 12, About = request.Say("definitions.measures_about", request.Catalog.Table, request.Catalog.Filter),
        Above = Each([.. request.Catalog.Measures.Select(measure => new MeasureText(request, measure))]),
    };

    static RenderFragment Each(IReadOnlyList<MeasureText> measures) => builder =>
    {
        builder.OpenComponent<MeasuresView>(0);
        builder.AddComponentParameter(1, nameof(MeasuresView.Texts), measures);
        builder.CloseComponent();
    };

    /// <summary>What pages compute from measures.</summary>
    static Tile Computed(PageRequest request) => new("computed", request.Say("definitions.computed"))
    {
        Width = 12, IsTable = true,
        Table = new([TableColumn.Text(request.Say("definitions.name")), TableColumn.Text(request.Say("definitions.how"))],
            [.. new[] { "interval", "few", "standard", "effects", "score", "views", "places", "known" }.Select(key => new TableRow([request.Cells.Name(request.Say($"computed.{key}")), request.Cells.Text(request.Say($"computed.{key}_about"))]))]),
    };

    /// <summary>What each feed calls the fields that the measures are made of.</summary>
    static Tile Fields(PageRequest request, List<Field> fields)
    {
        var feeds = request.Sources.Select(source => source.Feed).Where(feed => fields.Exists(field => field.Feed == feed)).ToList();
        var names = Lineage.All.SelectMany(pair => pair.Value).Distinct().Order(StringComparer.Ordinal).ToList();
        return new("fields", request.Say("definitions.fields"))
        {
            Width = 12, IsTable = true, About = request.Say("definitions.fields_about"),
            Table = new([TableColumn.Text(request.Say("task.field")), .. feeds.Select(feed => TableColumn.Text(request.Named("feed", feed)))],
                [.. names.Select(name => new TableRow([request.Cells.Name(request.Language.Word("field", name)), .. feeds.Select(feed => request.Cells.Text(fields.Find(field => field.Feed == feed && field.Name == name)?.From))]))]),
        };
    }

    /// <summary>The models between the measures' table and what was received.</summary>
    static Tile Models(PageRequest request)
    {
        var folder = request.Tools.Models.For(request.Catalog.Facts.Select(fact => fact.Table));
        return new("models", request.Say("definitions.models"))
        {
            Width = 12, IsTable = true, About = request.Say("definitions.models_about", request.Catalog.Table),
            Table = new([TableColumn.Text(request.Say("definitions.model")), TableColumn.Text(request.Say("definitions.row")), TableColumn.Text(request.Say("definitions.reads"))],
                [.. folder.Models.Reverse().Select(model => new TableRow([request.Cells.Name(model.FullName), request.Cells.Text(model.About), request.Cells.Text(string.Join(", ", model.Reads.Order(StringComparer.Ordinal)))]))]),
        };
    }

    static Tile Dimensions(PageRequest request) => new("dimensions", request.Say("definitions.dimensions"))
    {
        Width = 12, IsTable = true,
        Table = new([TableColumn.Text(request.Say("definitions.name")), TableColumn.Text(request.Say("definitions.dimension")), TableColumn.Text(request.Say("definitions.made_of"))],
            [.. request.Catalog.Dimensions.Select(dimension => new TableRow([request.Cells.Name(request.Language.Label(dimension)), request.Cells.Text(dimension.Name), request.Cells.Text(dimension.HasTable ? $"{dimension.Table}.{dimension.Shown(request.Language.IsEnglish)}" : dimension.Sql)]))]),
    };

    sealed class Field
    {
        public string Feed { get; set; } = "";
        public string Name { get; set; } = "";
        public string? From { get; set; }
    }
}
