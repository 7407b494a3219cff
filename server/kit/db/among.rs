//! `column IN (a list)` in one text whatever the list's length, so that its statement is prepared once.
//!
//! Diesel writes `eq_any` with a placeholder for each value and keeps none of those statements: preparing them anew took a third of the
//! writer's time. Here the list is one value, a JSON array, taken apart by `json_each`: SQLite's own, and on PostgreSQL one of the same
//! name that is laid down with the guards.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, Nullable, SqlType, Text};

/// Whether a column of text is one of these values.
#[must_use]
pub fn among<E: Expression<SqlType: IsText>, I: IntoIterator<Item: AsRef<str>>>(column: E, values: I) -> Among<E> {
    let mut list = String::from("[");
    for value in values {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&serde_json::Value::from(value.as_ref()).to_string());
    }
    list.push(']');
    Among { column, list }
}

/// What [`among`] makes.
#[derive(Debug, Clone, QueryId)]
pub struct Among<E> {
    column: E,
    list: String,
}

/// Text that may be missing, or not.
pub trait IsText: SqlType + TypedExpressionType {}
impl IsText for Text {}
impl IsText for Nullable<Text> {}

impl<E: Expression> Expression for Among<E> {
    type SqlType = Bool;
}

impl<E: AppearsOnTable<QS>, QS: ?Sized> AppearsOnTable<QS> for Among<E> {}
impl<E: SelectableExpression<QS>, QS: ?Sized> SelectableExpression<QS> for Among<E> {}

impl<E: ValidGrouping<G>, G> ValidGrouping<G> for Among<E> {
    type IsAggregate = E::IsAggregate;
}

impl<E, DB> QueryFragment<DB> for Among<E>
where
    E: QueryFragment<DB>,
    DB: Backend + HasSqlType<Text>,
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT value FROM json_each(");
        out.push_bind_param::<Text, _>(&self.list)?;
        out.push_sql("))");
        Ok(())
    }
}
